//! Draws the distributions of a data set.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use super::inspect::{Distribution, Summary};

/// Width and height of one histogram, in pixels.
const PANEL: (u32, u32) = (420, 260);
const BARS: usize = 40;

/// One histogram for each length, below each other two by two, as SVG.
pub fn draw(summary: &Summary) -> Result<String> {
    let mut svg = String::new();
    let rows = summary.lengths.len().div_ceil(2);
    {
        let root = SVGBackend::with_string(&mut svg, (2 * PANEL.0, rows as u32 * PANEL.1)).into_drawing_area();
        root.fill(&WHITE).map_err(|error| anyhow!("{error}"))?;
        for (area, lengths) in root.split_evenly((rows, 2)).iter().zip(&summary.lengths) {
            panel(area, lengths).map_err(|error| anyhow!("{error}"))?;
        }
        root.present().map_err(|error| anyhow!("{error}"))?;
    }
    Ok(svg)
}

fn panel<B: DrawingBackend>(
    area: &DrawingArea<B, plotters::coord::Shift>,
    lengths: &Distribution,
) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
    // The longest hundredth would press all others into one bar.
    let highest = lengths.quantile(0.99).max(1);
    let width = highest.div_ceil(BARS).max(1);
    let mut bars = vec![0usize; highest / width + 1];
    for &value in lengths.values.iter().filter(|&&value| value <= highest) {
        bars[value / width] += 1;
    }
    let tallest = bars.iter().copied().max().unwrap_or(0).max(1);
    let mut chart = ChartBuilder::on(area)
        .margin(10)
        .caption(lengths.name, ("sans-serif", 16))
        .x_label_area_size(24)
        .y_label_area_size(48)
        .build_cartesian_2d(0..(bars.len() * width), 0..tallest)?;
    chart.configure_mesh().disable_x_mesh().draw()?;
    chart.draw_series(bars.iter().enumerate().map(|(index, &count)| {
        Rectangle::new(
            [(index * width, 0), ((index + 1) * width, count)],
            RGBColor(70, 110, 160).filled(),
        )
    }))?;
    Ok(())
}
