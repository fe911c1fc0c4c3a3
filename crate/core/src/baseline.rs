//! TEMP
use crate::report::{Report, ReportFinding};
/// TEMP
pub struct Baseline;
impl Baseline {
    /// TEMP
    pub fn read(_: &str) -> Result<Self, String> {
        Err("x".into())
    }
    /// TEMP
    pub fn apply(&self, _: &mut [Report], _: i64) {}
}
/// TEMP
pub fn entry(_: &ReportFinding, _: &str, _: Option<&str>) -> String {
    String::new()
}
