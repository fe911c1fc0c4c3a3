//! What responses tell about the server that nobody else needs to know.

pub mod aspnet_version;
pub mod backend_server;
pub mod chrome_logger;
pub mod debug_page;
pub mod debug_token;
pub mod powered_by;
pub mod server_version;
pub mod session_id_in_url;
pub mod stack_trace;
