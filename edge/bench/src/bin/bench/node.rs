//! The same works in Node: a line with the number of a bench and of a work goes in, a line with the figure comes out.

use bench::Lane;
use std::io::{BufRead, BufReader, Error, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const HOST: &str = include_str!("host.cjs");

/// Node with the module.
pub(crate) struct Node {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    bench: u32,
}

impl Node {
    /// Starts it on the module of this path.
    pub(crate) fn start(module: &str, bench: u32) -> Result<Self, Error> {
        let mut child = Command::new("node")
            .args(["-e", HOST, module])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child
            .stdout
            .take()
            .ok_or_else(|| Error::other("it has no output"))?;
        Ok(Self {
            input: child.stdin.take(),
            output: BufReader::new(output),
            child,
            bench,
        })
    }
}

impl Lane for Node {
    fn round(&mut self, work: usize) -> Option<f64> {
        let input = self.input.as_mut()?;
        writeln!(input, "{} {work}", self.bench).ok()?;
        input.flush().ok()?;
        let mut line = String::new();
        self.output.read_line(&mut line).ok()?;
        line.trim().parse().ok()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The end of its input is the end of it.
        drop(self.input.take());
        drop(self.child.wait());
    }
}
