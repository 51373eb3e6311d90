//! Cases of small documents, told as lines of text.
