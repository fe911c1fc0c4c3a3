//! What a browser says of a connection, in the words of the evidence.

use base64ct::{Base64, Encoding as _};

use super::event::{CertificateInfo, SecurityInfo};
use crate::evidence::{Certificate, Connection, ConnectionState, Observed, Reason, Transparency};
use crate::url::Url;

/// Certificates kept of a chain, and the DER of one. Chains are 2 to 4 long, and a leaf has
/// 1 to 3 KB.
const MAX_CHAIN: usize = 6;
const MAX_DER: usize = 16 * 1024;

const NOT_EXPOSED: Reason = Reason::NotExposedByThisBrowser;

fn told<T>(value: Option<T>) -> Observed<T> {
    value.map_or(Observed::Unseen(NOT_EXPOSED), Observed::Seen)
}

/// The browser's own word.
pub(super) fn stated(info: &SecurityInfo) -> Option<Connection> {
    let state = match info.state.as_str() {
        "secure" => ConnectionState::Secure,
        "weak" => ConnectionState::Weak,
        "broken" => ConnectionState::Broken,
        "insecure" => ConnectionState::Insecure,
        _ => return None,
    };
    let word = |text: &Option<String>| text.as_ref().filter(|t| !t.is_empty() && t.len() < 100).cloned();
    // Firefox: state stays `secure` when the person went past the error page.
    let overridden = word(&info.overridable_error_category);
    let transparency = match info.certificate_transparency_status.as_deref() {
        Some("policy_compliant") => Some(Transparency::Compliant),
        Some("policy_not_enough_scts") => Some(Transparency::NotEnoughTimestamps),
        Some("policy_not_diverse_scts") => Some(Transparency::NotDiverse),
        Some("not_applicable") => Some(Transparency::NotApplicable),
        _ => None,
    };
    let chain: Vec<Certificate> = info.certificates.iter().take(MAX_CHAIN).filter_map(certificate).collect();
    Some(Connection {
        state,
        stated: true,
        overridden,
        protocol: told(word(&info.protocol_version)),
        cipher_suite: told(word(&info.cipher_suite)),
        key_exchange_group: told(word(&info.kea_group_name)),
        signature_scheme: told(word(&info.signature_scheme_name)),
        encrypted_client_hello: told(info.used_ech),
        transparency: told(transparency),
        // Firefox gives none at all for a certificate whose error was overridden.
        certificates: told(Some(chain).filter(|chain| !chain.is_empty())),
    })
}

fn certificate(info: &CertificateInfo) -> Option<Certificate> {
    let der = info.raw_der.as_ref().filter(|der| der.0.len() <= MAX_DER)?;
    Some(Certificate { der: Base64::encode_string(&der.0), built_in_root: info.is_built_in_root })
}

/// What follows without the browser's word: an answer came over https, and browsers take one
/// only with a certificate that they, or the person, accepted; over http nothing is encrypted.
pub(crate) fn inferred(url: &Url) -> Connection {
    let encrypted = matches!(url.scheme(), "https" | "wss");
    Connection {
        state: if encrypted { ConnectionState::Secure } else { ConnectionState::Insecure },
        stated: false,
        overridden: None,
        protocol: Observed::Unseen(NOT_EXPOSED),
        cipher_suite: Observed::Unseen(NOT_EXPOSED),
        key_exchange_group: Observed::Unseen(NOT_EXPOSED),
        signature_scheme: Observed::Unseen(NOT_EXPOSED),
        encrypted_client_hello: Observed::Unseen(NOT_EXPOSED),
        transparency: Observed::Unseen(NOT_EXPOSED),
        certificates: Observed::Unseen(NOT_EXPOSED),
    }
}
