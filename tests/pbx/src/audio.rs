//! Sound as numbers: recordings, tones, and how much of a tone is in what was heard.

use std::f64::consts::TAU;
use std::fs;
use std::io::{self, Error};
use std::path::Path;

/// Samples a second, as telephones use them.
pub const RATE: u32 = 8000;
/// Samples of a window in which sound is looked at: a tenth of a second.
const WINDOW: usize = RATE as usize / 10;
/// Fortieths of a second of what is recognised in one piece, and how far one may slip against the one before it.
const PIECE: usize = 16;
const SLIP: usize = 4;
/// Mean square above which a window is not silent.
const AUDIBLE: f64 = 100.0 * 100.0;

/// A tone of so many seconds.
pub fn tone(hz: u32, seconds: u32, loud: i16) -> Vec<i16> {
    (0..RATE * seconds)
        .map(|nth| {
            let phase = TAU * f64::from(hz) * f64::from(nth) / f64::from(RATE);
            #[expect(clippy::cast_possible_truncation, reason = "a sine times 16 bits")]
            let sample = (f64::from(loud) * phase.sin()) as i16;
            sample
        })
        .collect()
}

/// Writes a recording: WAV, one channel, 16 bits.
///
/// # Errors
/// When the file can't be written.
pub fn write(path: &Path, samples: &[i16]) -> io::Result<()> {
    let bytes = u32::try_from(samples.len() * 2).map_err(Error::other)?;
    let mut wav = Vec::with_capacity(samples.len() * 2 + 44);
    wav.extend(b"RIFF");
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    wav.extend(16_u32.to_le_bytes());
    wav.extend([1, 0, 1, 0]);
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    wav.extend([2, 0, 16, 0]);
    wav.extend(b"data");
    wav.extend(bytes.to_le_bytes());
    samples.iter().for_each(|sample| wav.extend(sample.to_le_bytes()));
    fs::write(path, wav)
}

/// Reads a recording of one channel and 16 bits, at any rate, as samples at [`RATE`]. One that is still being written is read as
/// far as it goes.
///
/// # Errors
/// When it is no such recording.
pub fn read(path: &Path) -> io::Result<Vec<i16>> {
    let bytes = fs::read(path)?;
    let rate = bytes
        .get(24..28)
        .and_then(|rate| rate.try_into().ok())
        .map(u32::from_le_bytes);
    let data = bytes
        .windows(4)
        .position(|window| window == b"data")
        .and_then(|at| bytes.get(at + 8..));
    let (Some(rate @ RATE..), Some(data)) = (rate, data) else {
        return Err(Error::other(format!("{} is no recording", path.display())));
    };
    let samples: Vec<i16> = data
        .chunks_exact(2)
        .filter_map(|pair| Some(i16::from_le_bytes(pair.try_into().ok()?)))
        .collect();
    Ok(resampled(&samples, rate))
}

/// Each new sample is the mean of the old ones that it stands for, which also keeps out what is too high for it.
fn resampled(samples: &[i16], rate: u32) -> Vec<i16> {
    if rate == RATE {
        return samples.to_vec();
    }
    let place = |nth: usize| nth * rate as usize / RATE as usize;
    (0..samples.len() * RATE as usize / rate as usize)
        .map(|nth| {
            let part = samples.get(place(nth)..place(nth + 1)).unwrap_or_default();
            let sum: i64 = part.iter().map(|sample| i64::from(*sample)).sum();
            i16::try_from(sum / i64::try_from(part.len()).unwrap_or(1).max(1)).unwrap_or_default()
        })
        .collect()
}

/// What is in a tenth of a second of sound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sound {
    /// Nothing.
    Silence,
    /// Mostly this tone, in Hz.
    Tone(u32),
    /// Something else: words, noise, several tones.
    Other,
}

/// What is heard, tenth by tenth of a second; `tones` are those that are looked for.
pub fn listen(samples: &[i16], tones: &[u32]) -> Vec<Sound> {
    samples
        .chunks_exact(WINDOW)
        .map(|window| sound(window, tones))
        .collect()
}

fn sound(window: &[i16], tones: &[u32]) -> Sound {
    let energy = mean_square(window);
    if energy < AUDIBLE {
        return Sound::Silence;
    }
    // Three quarters of the energy at one frequency.
    let main = tones.iter().find(|hz| share(window, **hz, energy) > 0.75);
    main.map_or(Sound::Other, |hz| Sound::Tone(*hz))
}

#[expect(clippy::cast_precision_loss, reason = "a window has few samples")]
fn mean_square(window: &[i16]) -> f64 {
    let sum: f64 = window.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    sum / window.len().max(1) as f64
}

/// How much of the energy is at one frequency (Goertzel's algorithm, as a plain correlation).
#[expect(clippy::cast_precision_loss, reason = "a window has few samples")]
fn share(window: &[i16], hz: u32, energy: f64) -> f64 {
    let step = TAU * f64::from(hz) / f64::from(RATE);
    let (mut re, mut im) = (0.0, 0.0);
    for (nth, sample) in window.iter().enumerate() {
        let phase = step * nth as f64;
        re += f64::from(*sample) * phase.cos();
        im += f64::from(*sample) * phase.sin();
    }
    let count = window.len().max(1) as f64;
    2.0 * (re * re + im * im) / (count * count) / energy
}

/// Seconds in which `what` was heard.
pub fn seconds_of(heard: &[Sound], what: Sound) -> f64 {
    let count = heard.iter().filter(|sound| **sound == what).count();
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / 10.0
}

/// How alike two recordings are, at the place where they are most: 1 is the same. Looks at loudness over time, by fortieths of a
/// second, which no codec changes. A telephone that drops or repeats a packet moves all that follows, so each [`PIECE`] may lie up to
/// [`SLIP`] off the one before it.
pub fn likeness(heard: &[i16], original: &[i16]) -> f64 {
    let [heard, original] = [heard, original].map(|samples| -> Vec<f64> {
        samples
            .chunks_exact(WINDOW / 4)
            .map(|window| mean_square(window).sqrt())
            .collect()
    });
    let starts = 0..=heard.len().saturating_sub(original.len());
    let best = starts.map(|at| correlation(&followed(&heard, &original, at), &original));
    best.fold(0.0, f64::max)
}

/// What was heard from `at` on, piece by piece, each where it is most like the original.
fn followed(heard: &[f64], original: &[f64], at: usize) -> Vec<f64> {
    let (mut at, mut found) = (at, Vec::with_capacity(original.len()));
    for piece in original.chunks(PIECE) {
        let places = (at.saturating_sub(SLIP)..=at + SLIP)
            .filter_map(|at| Some((at, heard.get(at..at + piece.len())?)))
            .map(|(at, here)| (at, here, distance(here, piece)));
        let Some((best, here, _)) = places.min_by(|one, other| one.2.total_cmp(&other.2)) else {
            break;
        };
        found.extend_from_slice(here);
        at = best + piece.len();
    }
    found.resize(original.len(), 0.0);
    found
}

fn distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "recordings are short")]
fn correlation(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (here, there) = (mean(one), mean(other));
    let (mut both, mut first, mut second) = (0.0, 0.0, 0.0);
    for (a, b) in one.iter().zip(other) {
        both += (a - here) * (b - there);
        first += (a - here).powi(2);
        second += (b - there).powi(2);
    }
    if first * second > 0.0 {
        both / (first * second).sqrt()
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_are_told_apart_and_silence_from_noise() {
        assert!(
            listen(&tone(440, 1, 8000), &[440, 880])
                .iter()
                .all(|sound| *sound == Sound::Tone(440))
        );
        assert!(
            listen(&tone(880, 1, 8000), &[440, 880])
                .iter()
                .all(|sound| *sound == Sound::Tone(880))
        );
        assert!(
            listen(&tone(620, 1, 8000), &[440, 880])
                .iter()
                .all(|sound| *sound == Sound::Other)
        );
        assert_eq!(listen(&[0; 800], &[440]), [Sound::Silence]);
        let both: Vec<i16> = tone(440, 1, 4000)
            .iter()
            .zip(tone(880, 1, 4000))
            .map(|(a, b)| a + b)
            .collect();
        assert!(
            listen(&both, &[440, 880])
                .iter()
                .all(|sound| *sound == Sound::Other)
        );
    }

    #[test]
    fn a_recording_reads_back_also_at_another_rate() {
        let path = std::env::temp_dir().join(format!("ringback-audio-{}.wav", std::process::id()));
        let samples = tone(440, 1, 8000);
        write(&path, &samples).unwrap();
        assert_eq!(read(&path).unwrap(), samples);
        fs::remove_file(path).unwrap();
        let fast: Vec<i16> = samples.iter().flat_map(|sample| [*sample; 3]).collect();
        assert_eq!(resampled(&fast, RATE * 3), samples);
    }

    #[test]
    fn words_are_found_within_what_was_heard() {
        let word: Vec<i16> = [
            tone(300, 1, 6000),
            vec![0; 2000],
            tone(500, 1, 2000),
            vec![0; 900],
        ]
        .concat();
        let heard: Vec<i16> = [vec![0; 4100], word.clone(), tone(880, 2, 5000)].concat();
        assert!(likeness(&heard, &word) > 0.95, "{}", likeness(&heard, &word));
        assert!(likeness(&tone(880, 4, 5000), &word) < 0.5);
        let (first, rest) = heard.split_at(7000);
        let lost = [first, &rest[640..]].concat();
        assert!(likeness(&lost, &word) > 0.95, "{}", likeness(&lost, &word));
    }
}
