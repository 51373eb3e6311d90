//! One name, every spelling.

use super::{camel, kebab, pascal, plural, shouted, singular, snake};

#[test]
fn a_name_is_cut_into_its_words_however_it_is_spelled() {
    for name in ["dataExport", "DataExport", "data-export", "Data Export", "data_export"] {
        assert_eq!(snake(name), "data_export", "{name}");
        assert_eq!(kebab(name), "data-export", "{name}");
        assert_eq!(pascal(name), "DataExport", "{name}");
        assert_eq!(camel(name), "dataExport", "{name}");
        assert_eq!(shouted(name), "DATA_EXPORT", "{name}");
    }
    assert_eq!(snake("APIService"), "api_service");
    assert_eq!(snake("SAE training (v2)"), "sae_training_v2");
    assert_eq!(pascal("--"), "");
}

#[test]
fn one_and_many_are_told_apart() {
    for (one, many) in [
        ("export", "exports"),
        ("entry", "entries"),
        ("box", "boxes"),
        ("batch", "batches"),
        ("export_filter", "export_filters"),
        ("address", "addresses"),
        ("survey", "surveys"),
    ] {
        assert_eq!(plural(one), many);
        assert_eq!(singular(many), one);
        assert_eq!(singular(one), one);
    }
    assert_eq!(singular("status"), "status");
}
