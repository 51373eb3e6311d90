//! Documents of one line, block or section that is far longer than any that people write.

/// Lines with facts of every kind, each of which has to be judged by what stands around it.
pub(super) const LINES: &[&str] = &[
    "Answers < 5 ms, ",
    "95% of queries answer in < 1 s for 100+ users and ",
    "the server returns 404 when the order is not there, ",
    "`GET /api/v1/orders` and `POST /{id}/cancel`, ",
    "GET /orders/{id} ",
    "**Status:** Draft | ",
    "Owner: Web, Version: 1.0 ",
    "FR-1: an order is kept (FR-2, FR-3 to FR-9), ",
    "[NEEDS CLARIFICATION: size?] TBD {{name}} [Describe the goal] ",
    "set `SHOP_TOKEN` and the environment variable SHOP_MODE=1, ",
    "see [the design](design.md#part) and plan.md, `src/store.rs`, ",
    "Mitigation: retry - Impact: high; ",
    "Rows are kept for 30 days, deleted after 1 year. ",
    "an order is pending → paid → shipped; ",
    "at most 5 active exports per user, 100 requests per minute; ",
    "cached for 5 minutes (TTL 60 s), ",
    "- [ ] 1.1 T001 [P] [US1] Write the store _Requirements: 1.1, 2.3_ ",
    "What is the limit? Is it 5? ",
    "| GET | /orders | 200 | ",
    "_Requirements: 1.1, 2.3_ (requirement 6) ",
    "v1.2.0 (2026-01-31) changed: ",
    "X-RateLimit-Limit: 5 and Idempotency-Key, ",
    "**Decision**: SQLite. **Alternatives**: a file, nothing. ",
    "**Rollback Time**: < 5 minutes, trigger: errors > 5% for 5 minutes; ",
    "Depends on: billing (SLA 99.9%, fallback: queue), ",
    "Phase 1: Storage (ORD-12) - 5 points ",
    "https://example.com/a?b=c <https://e.com> www.example.com ",
    "$HOME/app %APPDATA% ${SHOP_URL} ",
    "If one matches (score > 80%) it is not more than 5%, ",
    "**a** _b_ `c` ~~d~~ <b>e</b> &amp; \\* ",
];

/// The line again and again: as one line, as the lines of one block, and so on.
pub(super) fn documents(line: &str, length: usize) -> [(&'static str, String); 7] {
    let repeated = |text: &str| text.repeat(length / text.len() + 1);
    let top = "# T\n\n## Success Criteria\n\n";
    let header = "# T\n\n";
    [
        ("item of one line", format!("{top}- {}\n", repeated(line))),
        ("paragraph of one line", format!("{top}{}\n", repeated(line))),
        ("heading", format!("{top}## {}\n\nWords.\n", repeated(line))),
        ("cell", format!("{top}| Metric | Target |\n|--|--|\n| A | {} |\n", repeated(line))),
        ("item of many lines", format!("{top}- {}\n", repeated(&format!("{line}\n  and so on, ")))),
        ("items", format!("{top}{}", repeated(&format!("- {line}\n")))),
        ("header", format!("{header}{}\n\n## A\n", repeated(&format!("{line}\n")))),
    ]
}
