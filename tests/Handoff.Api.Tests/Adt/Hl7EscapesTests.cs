using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

public class Hl7EscapesTests
{
    private static readonly Hl7Syntax Usual = Hl7Syntax.Usual;

    [Theory]
    [InlineData(@"Smith \T\ Sons", "Smith & Sons")]
    [InlineData(@"\F\\S\\R\\T\\E\", @"|^~&\")]
    [InlineData(@"one\.br\two", "one\ntwo")]
    [InlineData(@"one\.sp3\two\.sk+2\x", "one\ntwo x")]
    [InlineData(@"\.in+4\\.ti-4\\.fi\indented\.nf\", "indented")]
    [InlineData(@"very \H\bright\N\ light", "very bright light")]
    [InlineData(@"caf\XC3A9\", "café")]
    [InlineData(@"\X0D0A\", "\r\n")]
    public void Sequences_are_read(string raw, string text) => Hl7Escapes.Read(raw, Usual).ShouldBe(text);

    [Theory]
    [InlineData(@"\Z12\")]
    [InlineData(@"\M2442\")]
    [InlineData(@"\C2D41\é")]
    [InlineData(@"\unknown\")]
    [InlineData(@"\XE9\")]
    [InlineData(@"\X1\")]
    [InlineData(@"\X\")]
    [InlineData(@"\XGG\")]
    [InlineData(@"\\")]
    [InlineData(@"\P\")]
    [InlineData(@"\.spx\")]
    [InlineData(@"O\Brien")]
    [InlineData(@"\")]
    [InlineData(@"ends in \")]
    public void Unknown_and_unfinished_ones_stay_as_they_are(string raw) => Hl7Escapes.Read(raw, Usual).ShouldBe(raw);

    [Fact]
    public void Bytes_are_in_the_character_set_of_the_message() =>
        Hl7Escapes.Read(@"caf\XE9\", Usual with { Encoding = Encoding.Latin1 }).ShouldBe("café");

    [Fact]
    public void A_single_byte_message_can_switch_its_set_inside_a_field() =>
        Hl7Escapes
            .Read("Ivanova \\C2D4C\\\u00b8\u00d2\u00d0\\C2842\\ \u00e9", Usual with { Encoding = Encoding.Latin1 })
            .ShouldBe("Ivanova Ива é");

    [Theory]
    [InlineData("a|b^c~d\\e&f")]
    [InlineData("line one\nline two")]
    [InlineData("bell\u0007 end-of-frame\u001c tab\t")]
    [InlineData("Müller 🙂 ليلى O'Brien")]
    public void What_is_written_reads_back_the_same(string text)
    {
        var written = Hl7Escapes.Write(text, Usual);
        written.ShouldAllBe(c => !"|^~&\r\n\u001c".Contains(c));
        Hl7Escapes.Read(written, Usual).ShouldBe(text);
    }

    [Fact]
    public void Without_an_escape_character_delimiters_become_spaces() =>
        Hl7Escapes.Write("a|b^c\nd", Usual with { Escape = '\0' }).ShouldBe("a b c d");

    [Fact]
    public void A_million_escape_characters_are_read_in_one_pass() =>
        Hl7Escapes.Read(new string('\\', 1_000_001), Usual).Length.ShouldBe(1_000_001);
}
