//! Scripts that are not the one that the CLI writes.

use super::{report, says};

#[test]
fn a_script_whose_object_is_no_json_is_told_with_the_line_of_the_file() {
    let cases = [
        (
            "{\n  'aws_project_region': 'eu-west-1'\n}",
            "line 3 column 3",
        ),
        (
            "{\n  \"aws_user_pools_id\": process.env.POOL\n}",
            "line 3 column 24",
        ),
        ("{}; steal(\"EXAMPLE-secret-4711\")", "line 2 column 21"),
        ("", "line 2 column 18"),
    ];
    for (object, place) in cases {
        let script =
            format!("// written by a tool\nconst awsmobile = {object};\nexport default awsmobile;");
        let report = report(&script).to_string();
        says(&report, "app.json: this is not JSON: ");
        assert!(report.ends_with(place), "{report}");
    }
}

#[test]
fn other_scripts_are_no_configuration() {
    for script in [
        "const awsmobile = {};",
        "const awsmobile = {}; export default other;",
        "module.exports = {};",
        "/* never closed",
        "// only a comment",
        "const",
        "const = export default ",
    ] {
        says(&report(script).to_string(), "app.json: this is not JSON: ");
    }
}

#[test]
fn the_settings_of_a_script_are_checked_like_those_of_any_file() {
    let script = "const awsmobile = {\"aws_cloud_logic_custom\": [{\"apiKey\": \"EXAMPLE-secret-4711\"}]};\n\
                  export default awsmobile;";
    says(
        &report(script).to_string(),
        "app.json#/aws_cloud_logic_custom/0: `endpoint` is missing",
    );
}
