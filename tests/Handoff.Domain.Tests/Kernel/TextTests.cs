using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Kernel;

public class TextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \t\r\n ", null)]
    [InlineData("  day room ", "day room")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("a\0b\u001bc\u007f", "a b c")]
    [InlineData("two\u2028lines\u2029more", "two lines more")]
    [InlineData("\u200b\u200d", null)]
    [InlineData(" \u00ad ", null)]
    [InlineData("sad 😢 today", "sad 😢 today")]
    [InlineData("👩‍⚕️", "👩‍⚕️")]
    [InlineData("José O'Neill-Nguyễn", "José O'Neill-Nguyễn")]
    [InlineData("מרים כהן", "מרים כהן")]
    [InlineData("محمد", "محمد")]
    [InlineData("می‌خواهم", "می‌خواهم")]
    [InlineData("王小明", "王小明")]
    public void A_line_keeps_every_script_and_no_control_character(string? typed, string? kept) => Text.Line(typed).ShouldBe(kept);

    [Fact]
    public void Overrides_of_the_writing_direction_are_dropped() => Text.Line("\u202eneB\u202c \u2066Chen\u2069").ShouldBe("neB Chen");

    [Fact]
    public void Halves_of_a_character_are_dropped()
    {
        Text.Line("a" + (char)0xD83D + "b").ShouldBe("ab");
        Text.Line((char)0xDE00 + "b").ShouldBe("b");
        Text.Line(((char)0xD83D).ToString()).ShouldBeNull();
    }

    [Fact]
    public void A_very_long_text_is_read_to_its_end()
    {
        var typed = string.Concat(Enumerable.Repeat("0123456789", 1_000_000)) + "\n";
        Text.Line(typed)!.Length.ShouldBe(10_000_000);
        Text.TooLong(Text.Line(typed), Text.RemarkLimit, "remark")!.Code.ShouldBe("text-too-long");
    }

    [Fact]
    public void A_line_read_again_is_the_same_line() =>
        Prop.ForAll<string?>(typed => Text.Line(Text.Line(typed)) == Text.Line(typed)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_text_of_just_the_limit_is_kept() => Text.TooLong(new string('x', 40), 40, "place").ShouldBeNull();

    [Fact]
    public void A_refusal_of_a_long_text_does_not_repeat_it() =>
        Text.TooLong("Chen told me that", 5, "remark")!.Says.ShouldNotContain("Chen");
}
