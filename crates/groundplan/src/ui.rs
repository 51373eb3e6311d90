//! Standard output and standard error: plain or coloured, on a terminal or kept for a test.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::exit::Failure;

/// Red and bold: errors.
pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// Yellow and bold: warnings.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// Green and bold: what passed.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Cyan and bold: help.
pub(crate) const HELP: Style = AnsiColor::BrightCyan.on_default().bold();
/// Bold: headings.
pub(crate) const STRONG: Style = Style::new().bold();
/// Dimmed: what may be skipped over.
pub(crate) const DIM: Style = Style::new().dimmed();

/// Where results and messages go.
pub(crate) struct Ui {
    out: Stream,
    err: Stream,
}

struct Stream {
    sink: Sink,
    styled: bool,
    width: Option<usize>,
}

enum Sink {
    Stdout(BufWriter<AutoStream<io::Stdout>>),
    Stderr(BufWriter<AutoStream<io::Stderr>>),
    Memory(Vec<u8>),
}

impl Ui {
    /// The process's own streams.
    pub(crate) fn terminal() -> Self {
        Self { out: stdout(ColorChoice::Auto), err: stderr(ColorChoice::Auto) }
    }

    /// Streams that keep what is written.
    pub(crate) fn captured() -> Self {
        let memory = || Stream { sink: Sink::Memory(Vec::new()), styled: false, width: None };
        Self { out: memory(), err: memory() }
    }

    /// What was written to both streams.
    pub(crate) fn into_captured(self) -> (String, String) {
        (self.out.into_text(), self.err.into_text())
    }

    /// Follows `--color`; captured streams stay plain unless they are told otherwise.
    pub(crate) fn set_color(&mut self, choice: ColorChoice) {
        if matches!(self.out.sink, Sink::Memory(_)) {
            let styled = matches!(choice, ColorChoice::Always | ColorChoice::AlwaysAnsi);
            (self.out.styled, self.err.styled) = (styled, styled);
        } else {
            (self.out, self.err) = (stdout(choice), stderr(choice));
        }
    }

    /// Whether results are coloured.
    pub(crate) fn styled(&self) -> bool {
        self.out.styled
    }

    /// Whether messages are coloured.
    pub(crate) fn styled_messages(&self) -> bool {
        self.err.styled
    }

    /// Columns of the terminal that results go to; `None` where it is none.
    pub(crate) fn width(&self) -> Option<usize> {
        self.out.width
    }

    /// Writes a part of the result.
    pub(crate) fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes a part of the result that was made as bytes.
    pub(crate) fn print_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        Ok(self.out.sink.write_all(bytes)?)
    }

    /// Writes a message; a standard error that is gone is no reason to fail.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = self.out.sink.flush();
        let _ = self.err.sink.write_all(text.as_bytes()).and_then(|()| self.err.sink.flush());
    }

    /// Hands over what is still held back.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.sink.flush()?)
    }

    /// `text` in `style`, where results are coloured.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        paint(self.out.styled, style, text)
    }

    /// Says why a command could not do its work.
    pub(crate) fn fail(&mut self, message: &str, help: Option<&str>) {
        let mut text = format!("{}: {message}\n", paint(self.err.styled, ERROR, "error"));
        if let Some(help) = help {
            text.push_str(&format!("{}: {help}\n", paint(self.err.styled, HELP, " help")));
        }
        self.note(&text);
    }

    /// Says what is wrong and does not end the run.
    pub(crate) fn warn(&mut self, message: &str, help: &str) {
        let warning = paint(self.err.styled, WARNING, "warning");
        let help = format!("{}: {help}", paint(self.err.styled, HELP, "  help"));
        self.note(&format!("{warning}: {message}\n{help}\n"));
    }

    /// Shows what clap has to say: help and version as a result, the rest as a message.
    pub(crate) fn clap(&mut self, error: &clap::Error) -> Result<(), Failure> {
        let text = error.render();
        let styled = if error.use_stderr() { self.err.styled } else { self.out.styled };
        let text = if styled { text.ansi().to_string() } else { text.to_string() };
        if error.use_stderr() {
            self.note(&text);
            return Ok(());
        }
        self.print(&text)
    }
}

impl Stream {
    fn into_text(self) -> String {
        match self.sink {
            Sink::Memory(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Sink::Stdout(_) | Sink::Stderr(_) => String::new(),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(sink) => sink.write(bytes),
            Self::Stderr(sink) => sink.write(bytes),
            Self::Memory(sink) => sink.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(sink) => sink.flush(),
            Self::Stderr(sink) => sink.flush(),
            Self::Memory(_) => Ok(()),
        }
    }
}

fn stdout(choice: ColorChoice) -> Stream {
    let (stream, styled) = stream(io::stdout(), choice);
    let width = terminal_size::terminal_size_of(io::stdout()).map(|size| usize::from(size.0.0));
    Stream { sink: Sink::Stdout(BufWriter::with_capacity(1 << 16, stream)), styled, width }
}

fn stderr(choice: ColorChoice) -> Stream {
    let (stream, styled) = stream(io::stderr(), choice);
    Stream { sink: Sink::Stderr(BufWriter::new(stream)), styled, width: None }
}

/// The stream, and whether it takes colours.
fn stream<S: RawStream + AsLockedWrite>(raw: S, choice: ColorChoice) -> (AutoStream<S>, bool) {
    let chosen = match choice {
        ColorChoice::Auto => AutoStream::choice(&raw),
        chosen => chosen,
    };
    match chosen {
        // What is not coloured is not painted in the first place: searching it for escapes took a
        // second for ten thousand documents.
        ColorChoice::Never => (AutoStream::always_ansi(raw), false),
        chosen => (AutoStream::new(raw, chosen), true),
    }
}

/// `text` without control characters: a document must not move a reader's cursor.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_harmful = |c: char| c.is_control() && c != '\n';
    match text.contains(is_harmful) {
        true => Cow::Owned(text.replace(is_harmful, "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}

/// `text` in `style` where `styled`.
pub(crate) fn paint(styled: bool, style: Style, text: &str) -> String {
    if styled { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
