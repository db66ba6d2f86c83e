package dev.jackstaff.exporters.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Go's `text/template` would render.
class TemplateTest {
    private static final Map<String, @Nullable Object> FIELDS = new HashMap<>(Map.of(
            "Text", "a<b>", "Empty", "", "Number", 1.5, "Whole", 3.0, "Count", 7L, "Yes", true, "No", false,
            "Map", Map.of("k", "v", "n", Map.of("deep", 1.0), "a b", "c"), "List", List.of("x", 2.0, true)));

    static {
        FIELDS.put("Null", null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', ignoreLeadingAndTrailingWhitespace = false, value = {
        "plain§plain",
        "{{ .Text}};{{.Text}};{{ .Text }}§a<b>;a<b>;a<b>",
        "{{ .Whole}} {{ .Number}} {{ .Count}} {{ .Yes}}§3 1.5 7 true",
        "[{{ .Null}}][{{ .Empty}}]§[<no value>][]",
        "{{ .Map}} {{ .List}}§map[a b:c k:v n:map[deep:1]] [x 2 true]",
        "{{ .Map.k}} {{ .Map.n.deep}} {{ .Map.gone}} {{ .Map.gone.too}}§v 1 <no value> <no value>",
        "a  {{- .Count -}}  b§a7b",
        "a {{ .Count -}}  b§a 7b",
        "a{{/* nothing */}}b{{- /* nothing */ -}} c§abc",
        "{{ if .Yes}}y{{ else }}n{{ end }}{{ if .No}}y{{ else }}n{{ end }}{{ if .Empty}}y{{ end }}§yn",
        "{{ if .No}}1{{ else if .Null}}2{{ else if .Map}}3{{ else }}4{{ end }}§3",
        "{{ if .Yes}}{{ if .No}}a{{ else }}b{{ end }}c{{ end }}d§bcd",
        "{{ eq .Text \"a<b>\"}} {{ eq .Whole 3}} {{ eq .Count 1 2 7}} {{ ne .Text `x`}} {{ eq .Yes \"true\"}}§true true true true false",
        "{{ and .Yes .Count}} {{ and .No .Count}} {{ or .Empty .Text}} {{ or .No .Empty}}{{ not .Null}}§7 false a<b> true",
        "{{ len .Text}} {{ len .Map}} {{ len .List}}§4 3 3",
        "{{ index .Map \"a b\"}} {{ index .Map \"n\" \"deep\"}} {{ index .List 1}} {{ index .List 9}}§c 1 2 <no value>",
        "{{ printf \"%v-%s-%d-%t-%q-%.2f-%%\" .Number .Text .Whole .Yes .Text .Number}}§1.5-a<b>-3-true-\"a<b>\"-1.50-%",
        "[{{ printf \"%5d\" .Count}}][{{ printf \"%-5s\" .Count}}]§[    7][7    ]",
        "{{ .Text | printf \"<%s>\"}} {{ .Text | len | eq 4}}§<a<b>> true",
        "{{ if and .Yes (not .No) (eq (len .List) 3)}}all{{ end }}§all",
        "{{ true }} {{ \"t\" }} {{ 1.5 }} {{ -3 }}§true t 1.5 -3",
        "a}}b{ {c§a}}b{ {c",
    })
    void it_renders_as_go_does(String template, String expected) throws TemplateException {
        assertThat(Template.parse(template, FIELDS.keySet()).render(FIELDS)).isEqualTo(expected);
    }

    @Test
    void texts_have_the_escapes_of_go() throws TemplateException {
        assertThat(Template.parse("{{ \"\\\"\\n\\t\\\\\"}}{{ `\\n`}}", FIELDS.keySet()).render(FIELDS))
                .isEqualTo("\"\n\t\\\\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', value = {
        "{{ .Txt}}§at character 4: there is no field .Txt; there are .Count, .Empty,",
        "a {{ .Text§at character 11: the end where }} is expected",
        "{{ Text }}§at character 4: there is no function Text; there are eq, ne, and, or, not, len, index, printf (and fields begin with a dot)",
        "{{ .Text | upper }}§at character 12: there is no function upper",
        "{{ range .List }}x{{ end }}§at character 4: {{ range }} is not there",
        "{{ $x := 1 }}§at character 4: \"$\" where a field such as",
        "{{ if .Yes }}a§at character 1: {{ if }} has no {{ end }}",
        "{{ if .Yes }}a{{ else }}b§at character 1: {{ if }} has no {{ end }}",
        "{{ if .Yes }}a{{ else }}b{{ else }}c{{ end }}§at character 1: {{ if }} has no {{ end }}",
        "a{{ end }}§at character 2: there is no {{ if }} that this could belong to",
        "{{ }}§at character 4: \"}\" where a field such as",
        "{{ . }}§at character 4: a name is expected behind the dot",
        "{{ eq .Text }}§at character 4: eq does not take 1 arguments",
        "{{ not len .Text }}§at character 8: put parentheses around len",
        "{{ printf .Text }}§at character 4: the format of printf must stand there as a text",
        "{{ printf \"%x\" .Text }}§at character 4: printf knows",
        "{{ printf \"%s\" }}§at character 4: the format of printf has 1 verbs for 0 values",
        "{{ printf \"%s }}§at character 11: the text has no end",
        "{{ \"\\x\" }}§at character 5: there is no escape \\x",
        "{{/* a§at character 1: the comment has no end",
        "{{ (.Text }}§at character 11: \"}\" where ) is expected",
        "{{ 1.2.3 }}§at character 4: no number: 1.2.3",
    })
    void what_is_wrong_is_told_with_its_place(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template, FIELDS.keySet()))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(message);
    }

    /// Go 1.26: `fmt.Sprint` of each.
    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, -0", "1, 1", "-1.5, -1.5", "0.1, 0.1", "0.0001, 0.0001", "0.00001, 1e-05", "0.000012, 1.2e-05",
        "1e20, 100000000000000000000", "1e21, 1e+21", "-1.25e22, -1.25e+22", "1e100, 1e+100", "123456789, 123456789",
        "4.9E-324, 5e-324",
    })
    void numbers_are_those_of_go(double number, String expected) {
        assertThat(GoText.of(number)).isEqualTo(expected);
    }

    @Test
    void dates_are_those_of_go() {
        assertThat(GoText.of(OffsetDateTime.parse("2024-01-02T03:04:05Z"))).isEqualTo("2024-01-02 03:04:05 +0000 UTC");
        assertThat(GoText.of(OffsetDateTime.parse("2024-01-02T03:04:05.25+01:00")))
                .isEqualTo("2024-01-02 03:04:05.25 +0100 +0100");
    }

    @Test
    void what_is_quoted_stays_on_one_line() {
        assertThat(GoText.quoted("a\"\\\n\r\t\u0000\u0085\u2028é😀"))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\x00\\u0085\\u2028é😀\"");
    }

    @Test
    void no_template_makes_the_parser_fail_in_another_way() {
        String alphabet = "{{}}-/*\"`.| ()ifelsendTxt1\\%s";
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("{{");
            for (int n = random.nextInt(20); n > 0; n--)
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            try {
                Template.parse(text.toString(), Set.of("T")).render(Map.of("T", "x"));
            } catch (TemplateException e) {
                assertThat(e.getMessage()).startsWith("at character ");
            }
        }
    }
}
