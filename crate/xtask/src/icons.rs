//! `xtask icons`: the SVG icons drawn as PNG files, which is what a toolbar takes in both browsers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The extension's own icon; the others are the toolbar button's.
const APP: &str = "icon-app";
/// Edges in pixels: the toolbar at one and two device pixels, the list of extensions, the store.
const APP_SIZES: [u32; 4] = [16, 32, 48, 128];
/// Edges in pixels of an icon that is on the toolbar only.
const BUTTON_SIZES: [u32; 2] = [16, 32];

/// Arguments of `xtask icons`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the drawings.
    #[arg(long, default_value = "extension/icons")]
    from: PathBuf,
    /// Where the PNG files go.
    #[arg(long, default_value = "target/icons")]
    out: PathBuf,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let drawn = draw_all(&args.from, &args.out)?;
    println!("icons: {drawn} files in {}", args.out.display());
    Ok(())
}

/// Draws each `NAME.svg` of `from` as `out/NAME-SIZE.png` in the sizes that it is shown in; gives the number of files.
pub fn draw_all(from: &Path, out: &Path) -> Result<usize> {
    fs::create_dir_all(out)?;
    let mut drawn = 0;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "svg") {
            continue;
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let svg = fs::read(&path)?;
        for size in sizes(&name) {
            let png = draw(&svg, *size).with_context(|| path.display().to_string())?;
            fs::write(out.join(format!("{name}-{size}.png")), png)?;
            drawn += 1;
        }
    }
    Ok(drawn)
}

fn sizes(name: &str) -> &'static [u32] {
    if name == APP { &APP_SIZES } else { &BUTTON_SIZES }
}

/// Draws a square SVG with an edge of `size` pixels on a clear ground.
fn draw(svg: &[u8], size: u32) -> Result<Vec<u8>> {
    let tree = Tree::from_data(svg, &Options::default())?;
    let mut pixels = Pixmap::new(size, size).context("an edge of no pixels")?;
    #[expect(clippy::cast_precision_loss, reason = "edges of icons are far below 2^24")]
    let scale = size as f32 / tree.size().width().max(tree.size().height());
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Ok(pixels.encode_png()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_drawing_becomes_one_png_a_size_that_is_shown() {
        let dir = tempfile::tempdir().unwrap();
        let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="#123456"/></svg>"##;
        fs::write(dir.path().join("icon-app.svg"), svg).unwrap();
        fs::write(dir.path().join("icon-dot.svg"), svg).unwrap();
        let out = dir.path().join("out");
        let shown = [("app", 16), ("app", 32), ("app", 48), ("app", 128), ("dot", 16), ("dot", 32)];
        assert_eq!(draw_all(dir.path(), &out).unwrap(), shown.len());
        for (name, size) in shown {
            let png = fs::read(out.join(format!("icon-{name}-{size}.png"))).unwrap();
            let pixels = Pixmap::decode_png(&png).unwrap();
            assert_eq!((pixels.width(), pixels.height()), (size, size));
            let centre = pixels.pixel(size / 2, size / 2).unwrap().demultiply();
            assert_eq!((centre.red(), centre.green(), centre.blue()), (0x12, 0x34, 0x56));
            assert_eq!(pixels.pixel(0, 0).unwrap().alpha(), 0, "the ground stays clear");
        }
    }
}
