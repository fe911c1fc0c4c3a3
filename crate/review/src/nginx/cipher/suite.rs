//! One cipher suite: what it is made of, and what is wrong with it.

/// The oldest version of TLS that has a suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// SSL 3.0.
    Ssl3,
    /// TLS 1.0.
    Tls10,
    /// TLS 1.2.
    Tls12,
}

/// How the key is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    Ecdhe,
    Dhe,
    Rsa,
    Psk,
    EcdhePsk,
    DhePsk,
    RsaPsk,
    Srp,
}

/// How the server shows who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authentication {
    Ecdsa,
    Rsa,
    Dss,
    Psk,
    Srp,
    Null,
}

/// How the data is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    Aes256Gcm,
    Aes128Gcm,
    Chacha20,
    Aes256Ccm,
    Aes128Ccm,
    Aes256Ccm8,
    Aes128Ccm8,
    Aria256Gcm,
    Aria128Gcm,
    Aes256Cbc,
    Aes128Cbc,
    Camellia256,
    Camellia128,
    TripleDes,
    Seed,
    Idea,
    Rc4,
    Des,
    Export,
    Null,
}

/// How the data is kept from being changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mac {
    Aead,
    Sha384,
    Sha256,
    Sha1,
    Md5,
}

/// A cipher suite of TLS 1.2 or older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suite {
    /// OpenSSL's name.
    pub openssl: &'static str,
    /// IANA's name.
    pub iana: &'static str,
    /// The oldest version that has it.
    pub since: Version,
    /// How the key is agreed.
    pub exchange: Exchange,
    /// How the server shows who it is.
    pub authentication: Authentication,
    /// How the data is encrypted.
    pub encryption: Encryption,
    /// How the data is kept from being changed.
    pub mac: Mac,
}

/// How far a suite is from the guideline, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakness {
    /// Forward secrecy and authenticated encryption, and no more than not on the list.
    NotListed,
    /// CBC, or no forward secrecy.
    Weak,
    /// It can be read or changed on the way: no encryption, no authentication, export, RC4, DES, 3DES, MD5.
    Broken,
}

impl Suite {
    /// A row of the table.
    pub const fn new(
        openssl: &'static str,
        iana: &'static str,
        since: Version,
        exchange: Exchange,
        authentication: Authentication,
        encryption: Encryption,
        mac: Mac,
    ) -> Self {
        Self { openssl, iana, since, exchange, authentication, encryption, mac }
    }

    /// OpenSSL has it only where it is built to have it, or had it before 1.1.0.
    pub const fn is_left_out(&self) -> bool {
        use Encryption::{Des, Export, Idea, Rc4, Seed, TripleDes};
        matches!(self.encryption, TripleDes | Seed | Idea | Rc4 | Des | Export)
    }

    /// nginx can use it: it has no way to set a shared key or a password for TLS, and no authority issues certificates for DSS.
    pub fn is_usable(&self) -> bool {
        use Exchange::{DhePsk, EcdhePsk, Psk, RsaPsk, Srp};
        !matches!(self.exchange, Psk | EcdhePsk | DhePsk | RsaPsk | Srp)
            && self.authentication != Authentication::Dss
    }

    /// What is wrong with it by the guideline; none where it is on its list.
    pub fn weakness(&self) -> Option<Weakness> {
        use Encryption::{
            Aes128Cbc, Aes256Cbc, Camellia128, Camellia256, Des, Export, Idea, Null, Rc4, Seed, TripleDes,
        };
        if https_audit_core::knowledge::tls_guideline::CIPHER_SUITES.contains(&self.iana) {
            return None;
        }
        Some(match self.encryption {
            Null | Export | Rc4 | Des | TripleDes => Weakness::Broken,
            _ if self.authentication == Authentication::Null || self.mac == Mac::Md5 => Weakness::Broken,
            Aes128Cbc | Aes256Cbc | Camellia128 | Camellia256 | Seed | Idea => Weakness::Weak,
            _ if self.exchange == Exchange::Rsa => Weakness::Weak,
            _ => Weakness::NotListed,
        })
    }
}
