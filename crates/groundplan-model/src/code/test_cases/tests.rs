//! Tests of every language.

use crate::code::read_code;

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str], ids: &[&str]) {
    let file = read_code(path, text).expect("a file of code");
    let tests = file.tests.iter().map(|it| format!("{}:{}", it.place.line, it.name));
    let tags: Vec<&str> = file.tags.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(
        (tests.collect::<Vec<_>>().as_slice(), tags.as_slice()),
        (expected.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>().as_slice(), ids,)
    );
}

#[test]
fn tests_are_found_in_the_ways_of_their_languages() {
    let rust = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn signs_in() {}\n\n\
                \x20   #[tokio::test]\n    async fn waits() {}\n\n    fn helper() {}\n}\n";
    check("a.rs", rust, &["4:tests.signs_in", "7:tests.waits"], &[]);
    let python = "def test_fr_001_signs_in():\n    def test_inner(): ...\n\nclass TestCart:\n\
                  \x20   def test_total(self): ...\n\nclass Cart:\n    def test_it(self): ...\n";
    check("test_a.py", python, &["1:test_fr_001_signs_in", "5:TestCart.test_total"], &["FR-001"]);
    let script = "describe('cart', () => {\n  it('FR-2: adds', () => {});\n\
                  \x20 describe('total', () => { test.only('is right', async () => {}); });\n});\n\
                  /x/.test('y', z);\n";
    check("a.test.ts", script, &["2:cart > FR-2: adds", "3:cart > total > is right"], &["FR-2"]);
    let go = "package a\nfunc TestCart(t *testing.T) {\n\tt.Run(\"is empty\", func(t *testing.T) {})\n}\n\
              func Testing() {}\n";
    check("a_test.go", go, &["2:TestCart", "5:Testing", "3:TestCart/is_empty"], &[]);
    let java = "class CartTest {\n  @Test\n  void adds() {}\n\n  @ParameterizedTest\n\
                \x20 @ValueSource(ints = {1})\n  void sums(int a) {}\n\n  void helper() {}\n}\n";
    check("CartTest.java", java, &["3:CartTest.adds", "7:CartTest.sums"], &[]);
}
