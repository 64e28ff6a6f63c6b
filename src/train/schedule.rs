//! Where a run stands in its curriculum, and the learning rate there.

use crate::config::{RunConfig, Schedule, Stage};

/// How much of a stage is behind, from 0 to 1, by whichever of its bounds is nearest.
pub fn stage_fraction(stage: &Stage, steps: u64, examples: u64, seconds: f64) -> f64 {
    let part = |done: f64, whole: Option<f64>| whole.map_or(0.0, |whole| done / whole);
    part(steps as f64, stage.steps.map(|steps| steps as f64))
        .max(part(examples as f64, stage.examples.map(|examples| examples as f64)))
        .max(part(seconds, stage.seconds))
        .min(1.0)
}

/// How much of the whole curriculum is behind. Stages count by their steps where all have them, else by their seconds or
/// examples, else alike.
pub fn run_fraction(stages: &[Stage], stage: usize, fraction: f64) -> f64 {
    let measures: [fn(&Stage) -> Option<f64>; 3] = [
        |stage| stage.steps.map(|steps| steps as f64),
        |stage| stage.seconds,
        |stage| stage.examples.map(|n| n as f64),
    ];
    let sizes: Vec<f64> = measures
        .iter()
        .find_map(|measure| stages.iter().map(measure).collect::<Option<Vec<f64>>>())
        .unwrap_or_else(|| vec![1.0; stages.len()]);
    let before: f64 = sizes[..stage].iter().sum();
    (before + sizes.get(stage).unwrap_or(&0.0) * fraction) / sizes.iter().sum::<f64>()
}

/// The learning rate of update `step`, counted from 1: a linear rise over the warm-up, under a line that falls to zero at
/// the run's end.
pub fn learning_rate(config: &RunConfig, step: u64, run_fraction: f64) -> f64 {
    let optimizer = &config.optimizer;
    let rise = if optimizer.warmup_steps == 0 {
        1.0
    } else {
        step as f64 / optimizer.warmup_steps as f64
    };
    let ceiling = match optimizer.schedule {
        Schedule::Linear => 1.0 - run_fraction,
        Schedule::Constant => 1.0,
    };
    optimizer.learning_rate * rise.min(ceiling)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> RunConfig {
        RunConfig::parse(
            "directory = 'x'\n[model]\n[optimizer]\nlearning_rate = 1.0\nwarmup_steps = 10\n\
             [[stage]]\nname = 'a'\nsteps = 30\n[[stage.data]]\ngenerator = 'singleline'\n\
             [[stage]]\nname = 'b'\nsteps = 70\nseconds = 5.0\n[[stage.data]]\ngenerator = 'program'\n",
            &[],
        )
        .unwrap()
    }

    #[test]
    fn the_rate_rises_and_falls() {
        let config = config();
        let rate = |stage, done: u64, step| {
            let fraction = stage_fraction(&config.stages[stage], done, 0, 0.0);
            learning_rate(&config, step, run_fraction(&config.stages, stage, fraction))
        };
        assert!((rate(0, 0, 1) - 0.1).abs() < 1e-12);
        assert!((rate(0, 29, 30) - 0.71).abs() < 1e-12);
        assert!((rate(1, 35, 66) - 0.35).abs() < 1e-12);
        assert!(rate(1, 70, 100) < 1e-12);
    }

    #[test]
    fn the_nearest_bound_decides() {
        let stage = &config().stages[1];
        assert_eq!(stage_fraction(stage, 7, 0, 1.0), 0.2);
        assert_eq!(stage_fraction(stage, 35, 0, 1.0), 0.5);
        assert_eq!(stage_fraction(stage, 7, 0, 9.0), 1.0);
    }
}
