//! The registry: one file and one page a rule, one line each in [`ALL`].

mod alert_threshold_conflict;
mod alert_without_action;
mod alert_without_metric;
mod approval_void;
mod attribute_never_set;
mod availability_not_promised;
mod await_of_sync_function;
mod broken_anchor;
mod broken_link;
mod caught_and_lost;
mod chain_status_conflict;
mod changelog_order;
mod column_undefined;
mod complexity_without_algorithm;
mod component_not_in_diagram;
mod constant_duplicated;
mod container_as_root;
mod contents_incomplete;
mod contract_file_conflict;
mod contract_in_old_form;
mod control_does_not_apply;
mod criterion_undefined;
mod decision_superseded_cited;
mod done_heading_open_box;
mod done_task_without_file;
mod draft_behind_done_tasks;
mod empty_document;
mod endpoint_ambiguous;
mod endpoint_not_listed;
mod endpoint_only_in_one;
mod endpoint_without_auth;
mod endpoint_without_contract;
mod enum_unconstrained;
mod enum_values_conflict;
mod enumeration_not_chosen;
mod env_var_renamed;
mod error_body_inconsistent;
mod error_leaks_detail;
mod error_not_in_contract;
mod error_row_duplicate;
mod field_without_column;
mod file_not_in_tree;
mod file_referenced_missing;
mod flag_without_removal;
mod foreign_key_not_indexed;
mod foreign_key_type_mismatch;
mod front_matter_does_not_parse;
mod header_footer_conflict;
mod heading_number_gap;
mod health_check_too_weak;
mod id_collides;
mod idempotency_undeclared;
mod image_not_pinned;
mod import_missing;
mod import_path_mismatch;
mod index_duplicate;
mod invalid_utf8;
mod inventory_incomplete;
mod json_does_not_parse;
mod library_undeclared;
mod limit_without_maximum;
mod link_reference_undefined;
mod link_to_superseded;
mod log_format_conflict;
mod log_of_sensitive_field;
mod mention_broken;
mod method_conflict;
mod method_status_mismatch;
mod metric_without_alert;
mod migrate_after_deploy;
mod mixed_languages;
mod mojibake;
mod naive_time;
mod nested_fence;
mod nul_byte;
pub(crate) mod number_taken_twice;
mod outbound_limit_below_load;
mod parameter_name_differs;
mod parent_done_child_open;
mod path_parameter_undeclared;
mod path_style_mixed;
mod percentile_missing;
mod personal_data_without_retention;
mod phase_status_conflict;
mod placeholder_left;
mod planned_with_all_done;
mod pool_too_small;
mod primary_key_missing;
mod quality_box_open;
mod quality_box_untrue;
mod rate_limit_without_number;
mod requirement_uncovered;
mod requirement_undefined;
mod response_unspecified;
mod retention_conflict;
mod retry_budget_exceeds_deadline;
mod retry_unsafe;
mod rollback_slower_than_promised;
mod rollback_untimed;
mod rule_block_broken;
mod schema_ref_unresolved;
mod secret_default;
mod secret_in_document;
mod section_empty;
mod sequence_actor_unknown;
mod settled_with_open_boxes;
mod settled_with_open_questions;
mod sla_not_reachable;
mod snippet_does_not_parse;
mod sql_does_not_parse;
mod stable_depends_on_draft;
mod stale_document;
mod status_missing_for_auth;
mod status_missing_for_limit;
mod success_status_conflict;
mod suppression_unknown_rule;
pub(crate) mod suppression_unused;
mod suppression_without_reason;
mod symbol_signature_conflict;
mod symbol_undefined;
mod table_conflict;
mod table_name_nearly;
mod table_undefined;
mod target_alert_conflict;
mod target_conflict;
mod target_without_alert;
mod task_count_wrong;
mod task_cycle;
mod task_depends_on_unknown;
mod task_id_duplicate;
mod template_column_missing;
mod template_example_left;
mod template_outdated;
mod template_section_missing;
mod template_value_unknown;
mod test_case_id_duplicate;
mod test_expectation_conflict;
mod timestamp_without_zone;
mod title_conflict;
mod transport_plain;
mod type_conflict_api_sql;
mod unclosed_fence;
mod undocumented_error_status;
mod unit_missing;
mod unsafe_file_name;
mod updated_at_never_updated;
mod updated_before_created;
mod value_not_allowed;
mod version_changelog_mismatch;
mod version_without_path;
mod word_doubled;

use groundplan_model::Severity;

use crate::{Context, Findings, LinkedContext};

/// Every rule, in the order of the manual.
pub static ALL: &[&Rule] = &[
    &unclosed_fence::RULE,
    &nested_fence::RULE,
    &invalid_utf8::RULE,
    &nul_byte::RULE,
    &mojibake::RULE,
    &link_reference_undefined::RULE,
    &empty_document::RULE,
    &front_matter_does_not_parse::RULE,
    &broken_link::RULE,
    &broken_anchor::RULE,
    &contents_incomplete::RULE,
    &unsafe_file_name::RULE,
    &number_taken_twice::RULE,
    &placeholder_left::RULE,
    &enumeration_not_chosen::RULE,
    &template_section_missing::RULE,
    &template_column_missing::RULE,
    &template_value_unknown::RULE,
    &template_example_left::RULE,
    &template_outdated::RULE,
    &quality_box_open::RULE,
    &quality_box_untrue::RULE,
    &stale_document::RULE,
    &approval_void::RULE,
    &version_changelog_mismatch::RULE,
    &changelog_order::RULE,
    &updated_before_created::RULE,
    &settled_with_open_boxes::RULE,
    &settled_with_open_questions::RULE,
    &parent_done_child_open::RULE,
    &header_footer_conflict::RULE,
    &planned_with_all_done::RULE,
    &done_heading_open_box::RULE,
    &task_id_duplicate::RULE,
    &phase_status_conflict::RULE,
    &task_count_wrong::RULE,
    &heading_number_gap::RULE,
    &section_empty::RULE,
    &task_depends_on_unknown::RULE,
    &task_cycle::RULE,
    &sql_does_not_parse::RULE,
    &table_undefined::RULE,
    &column_undefined::RULE,
    &table_conflict::RULE,
    &primary_key_missing::RULE,
    &foreign_key_type_mismatch::RULE,
    &foreign_key_not_indexed::RULE,
    &index_duplicate::RULE,
    &enum_unconstrained::RULE,
    &timestamp_without_zone::RULE,
    &updated_at_never_updated::RULE,
    &enum_values_conflict::RULE,
    &naive_time::RULE,
    &endpoint_without_contract::RULE,
    &endpoint_not_listed::RULE,
    &json_does_not_parse::RULE,
    &type_conflict_api_sql::RULE,
    &value_not_allowed::RULE,
    &field_without_column::RULE,
    &success_status_conflict::RULE,
    &method_status_mismatch::RULE,
    &response_unspecified::RULE,
    &path_style_mixed::RULE,
    &parameter_name_differs::RULE,
    &limit_without_maximum::RULE,
    &contract_in_old_form::RULE,
    &schema_ref_unresolved::RULE,
    &path_parameter_undeclared::RULE,
    &version_without_path::RULE,
    &endpoint_ambiguous::RULE,
    &rule_block_broken::RULE,
    &undocumented_error_status::RULE,
    &error_not_in_contract::RULE,
    &status_missing_for_auth::RULE,
    &status_missing_for_limit::RULE,
    &rate_limit_without_number::RULE,
    &error_row_duplicate::RULE,
    &error_body_inconsistent::RULE,
    &idempotency_undeclared::RULE,
    &retry_unsafe::RULE,
    &error_leaks_detail::RULE,
    &caught_and_lost::RULE,
    &target_conflict::RULE,
    &target_alert_conflict::RULE,
    &alert_threshold_conflict::RULE,
    &component_not_in_diagram::RULE,
    &sequence_actor_unknown::RULE,
    &mixed_languages::RULE,
    &snippet_does_not_parse::RULE,
    &symbol_undefined::RULE,
    &symbol_signature_conflict::RULE,
    &import_missing::RULE,
    &attribute_never_set::RULE,
    &await_of_sync_function::RULE,
    &file_not_in_tree::RULE,
    &import_path_mismatch::RULE,
    &complexity_without_algorithm::RULE,
    &test_case_id_duplicate::RULE,
    &test_expectation_conflict::RULE,
    &library_undeclared::RULE,
    &file_referenced_missing::RULE,
    &container_as_root::RULE,
    &health_check_too_weak::RULE,
    &migrate_after_deploy::RULE,
    &rollback_slower_than_promised::RULE,
    &flag_without_removal::RULE,
    &secret_default::RULE,
    &log_of_sensitive_field::RULE,
    &control_does_not_apply::RULE,
    &log_format_conflict::RULE,
    &target_without_alert::RULE,
    &metric_without_alert::RULE,
    &alert_without_metric::RULE,
    &alert_without_action::RULE,
    &percentile_missing::RULE,
    &unit_missing::RULE,
    &pool_too_small::RULE,
    &sla_not_reachable::RULE,
    &retry_budget_exceeds_deadline::RULE,
    &outbound_limit_below_load::RULE,
    &rollback_untimed::RULE,
    &retention_conflict::RULE,
    &secret_in_document::RULE,
    &image_not_pinned::RULE,
    &endpoint_without_auth::RULE,
    &word_doubled::RULE,
    &availability_not_promised::RULE,
    &personal_data_without_retention::RULE,
    &constant_duplicated::RULE,
    &transport_plain::RULE,
    &chain_status_conflict::RULE,
    &draft_behind_done_tasks::RULE,
    &endpoint_only_in_one::RULE,
    &method_conflict::RULE,
    &contract_file_conflict::RULE,
    &requirement_undefined::RULE,
    &criterion_undefined::RULE,
    &requirement_uncovered::RULE,
    &decision_superseded_cited::RULE,
    &link_to_superseded::RULE,
    &stable_depends_on_draft::RULE,
    &id_collides::RULE,
    &title_conflict::RULE,
    &done_task_without_file::RULE,
    &mention_broken::RULE,
    &table_name_nearly::RULE,
    &inventory_incomplete::RULE,
    &env_var_renamed::RULE,
    &suppression_unused::RULE,
    &suppression_unknown_rule::RULE,
    &suppression_without_reason::RULE,
];

/// One rule: constants, and a function from facts to findings.
pub struct Rule {
    /// Its name: the pattern that it finds, in kebab case.
    pub name: &'static str,
    /// The group that it belongs to.
    pub group: &'static str,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// Its page of the manual; the page's examples are its tests.
    pub page: &'static str,
    /// How much its findings matter.
    pub severity: Severity,
    /// Whether its findings matter only as much as the document claims: then `severity` is the
    /// most that they can matter.
    pub by_status: bool,
    /// Whether its findings can be mended.
    pub fix: FixKind,
    /// The version that it came with.
    pub since: &'static str,
    /// Whether it is off unless it is asked for, since too many of its findings are not true yet.
    pub preview: bool,
    /// Reports what it finds.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub enum Check {
    /// One document by itself.
    Document(fn(&Context<'_>, &mut Findings<'_>)),
    /// One document beside those that it is linked with.
    Linked(fn(&LinkedContext<'_>, &mut Findings<'_>)),
    /// The comments that suppress findings, once those of all other rules are known:
    /// [`Suppressions::apply`](crate::Suppressions::apply) reports.
    Comments,
}

/// Whether the findings of a rule carry edits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// Never.
    None,
    /// Certain ones.
    Safe,
    /// Probable ones.
    Unsafe,
}

impl FixKind {
    /// `no`, `safe` or `unsafe`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "no",
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// The rule named `name`.
pub fn rule(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

#[cfg(test)]
mod tests;
