//! Error pages of servers in debug mode, by the marks that `extension/page.js` looks for.

use super::elements::Elements;

/// The words of [`DebugPage`](crate::evidence::DebugPage)s.
pub(super) fn marks(elements: &Elements) -> impl Iterator<Item = &'static str> {
    let title = elements.title.trim();
    let django = elements.explanation.trim().starts_with("DEBUG = True");
    let marks = [
        ("django-404", django && !elements.has_traceback),
        ("django-500", django && elements.has_traceback),
        ("werkzeug", title.contains("Werkzeug Debugger")),
        ("rails", title == "Action Controller: Exception caught"),
        ("whoops", elements.is_whoops),
        ("symfony", elements.is_symfony),
        ("asp-net", elements.heading.trim().starts_with("Server Error in '")),
    ];
    marks.into_iter().filter(|(_, is)| *is).map(|(mark, _)| mark)
}
