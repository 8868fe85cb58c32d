//! Figures, for programs and for people.

use std::fmt;

/// The control: the same, measured elsewhere in the same run.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// What it is.
    pub name: &'static str,
    /// Its value, in the unit of the figure.
    pub value: f64,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// How much of it.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// What was measured beside it.
    pub beside: Option<Beside>,
}

impl Figure {
    /// The value over the one beside.
    pub fn ratio(&self) -> Option<f64> {
        self.beside.as_ref().map(|beside| self.value / beside.value)
    }
}

/// What a bench found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its name.
    pub bench: &'static str,
    /// Its figures.
    pub figures: Vec<Figure>,
}

impl Report {
    /// As JSON: `{"bench", "figures": [{"name", "value", "unit", "beside": {"name", "value"} or null, "ratio" or null}]}`.
    pub fn json(&self) -> String {
        let figure = |figure: &Figure| {
            let beside = figure
                .beside
                .as_ref()
                .map(|beside| serde_json::json!({"name": beside.name, "value": beside.value}));
            serde_json::json!({
                "name": figure.name,
                "value": figure.value,
                "unit": figure.unit,
                "beside": beside,
                "ratio": figure.ratio(),
            })
        };
        let figures: Vec<_> = self.figures.iter().map(figure).collect();
        format!(
            "{:#}\n",
            serde_json::json!({"bench": self.bench, "figures": figures})
        )
    }
}

/// As a table.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beside = self.figures.iter().find_map(|figure| figure.beside.as_ref());
        let beside = beside.map_or("", |beside| beside.name);
        let title = format!("bench {}", self.bench);
        writeln!(
            f,
            "{title:<40} {:>14} {:<6} {beside:>14} {:>7}",
            "here", "", "ratio"
        )?;
        for figure in &self.figures {
            let (name, value) = (&figure.name, short(figure.value));
            write!(f, "{name:<40} {value:>14} {:<6}", figure.unit)?;
            if let (Some(beside), Some(ratio)) = (&figure.beside, figure.ratio()) {
                write!(f, " {:>14} {ratio:>7.2}", short(beside.value))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Large numbers without digits that mean nothing.
fn short(value: f64) -> String {
    if value.abs() >= 1000.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.3}")
    }
}
