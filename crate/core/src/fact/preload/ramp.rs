//! The ramp-up plan: how far a domain is on the way to a long policy for all its sub-domains.

use crate::field::hstspreload::Policy;

/// One step of the plan that hstspreload.org gives ("Deployment Recommendations").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RampStep {
    /// How long its policy lasts, in words.
    pub lasts: &'static str,
    /// The same in seconds.
    pub max_age: u64,
    /// The field to send.
    pub field: &'static str,
}

/// The steps in order. `preload` comes with the last: whoever sends it lets anyone submit the domain.
pub const RAMP: [RampStep; 4] = [
    RampStep { lasts: "5 minutes", max_age: 300, field: "max-age=300; includeSubDomains" },
    RampStep { lasts: "a week", max_age: 604_800, field: "max-age=604800; includeSubDomains" },
    RampStep { lasts: "a month", max_age: 2_592_000, field: "max-age=2592000; includeSubDomains" },
    RampStep {
        lasts: "two years",
        max_age: 63_072_000,
        field: "max-age=63072000; includeSubDomains; preload",
    },
];

/// Steps of [`RAMP`] that a policy has reached: 0 where it leaves the sub-domains out, whatever its `max-age`,
/// for what `includeSubDomains` would break was never tried.
pub(super) fn reached(policy: Policy) -> usize {
    let Some(max_age) = policy.max_age.filter(|_| policy.include_subdomains) else { return 0 };
    let last = RAMP.len().saturating_sub(1);
    let steps = RAMP.iter().filter(|step| step.max_age <= max_age).count();
    // A year is what the lists ask for: with `preload` nothing is left to do.
    let done = policy.preload && max_age >= crate::field::hstspreload::PRELOAD_MIN_MAX_AGE;
    if done { RAMP.len() } else { steps.min(last) }
}

#[cfg(test)]
mod tests {
    use super::{RAMP, reached};
    use crate::field::hstspreload::parse;

    #[test]
    fn each_step_s_own_field_reaches_it() {
        for (n, step) in RAMP.iter().enumerate() {
            let policy = parse(step.field.as_bytes()).policy;
            assert_eq!((policy.max_age, reached(policy)), (Some(step.max_age), n + 1), "{}", step.field);
        }
    }

    #[test]
    fn a_policy_stands_at_the_step_below_it() {
        for (field, step) in [
            ("", 0),
            ("max-age=0; includeSubDomains", 0),
            ("max-age=299; includeSubDomains", 0),
            ("max-age=86400; includeSubDomains", 1),
            ("max-age=15552000; includeSubDomains", 3),
            ("max-age=63072000; includeSubDomains", 3),
            ("max-age=63072000", 0),
            ("max-age=31536000; includeSubDomains", 3),
            ("max-age=31536000; includeSubDomains; preload", 4),
            ("max-age=31535999; includeSubDomains; preload", 3),
        ] {
            assert_eq!(reached(parse(field.as_bytes()).policy), step, "{field}");
        }
    }
}
