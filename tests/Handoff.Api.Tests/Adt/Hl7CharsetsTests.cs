using System.Text;
using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Feeds.Mllp;

namespace Handoff.Api.Tests.Adt;

public class Hl7CharsetsTests
{
    private static byte[] Written(string name, string charset, Encoding encoding) =>
        encoding.GetBytes($"MSH|^~\\&|REG|NORTH|||20240310||ADT^A01|7|P|2.5||||||{charset}\rPID|1||1||{name}\r");

    private static string Family(byte[] bytes) => AdtSample.Message(bytes)["PID"][5].Text;

    private static Encoding Page(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name)!;

    [Theory]
    [InlineData("8859/1", "iso-8859-1", "Müller")]
    [InlineData("8859/2", "iso-8859-2", "Łukasiewicz Dvořák")]
    [InlineData("8859/3", "iso-8859-3", "Ħamrun Ġgantija")]
    [InlineData("8859/4", "iso-8859-4", "Šķēle")]
    [InlineData("8859/5", "iso-8859-5", "Иванова")]
    [InlineData("8859/6", "iso-8859-6", "ليلى")]
    [InlineData("8859/7", "iso-8859-7", "Παπαδόπουλος")]
    [InlineData("8859/8", "iso-8859-8", "כהן")]
    [InlineData("8859/9", "iso-8859-9", "Yıldız Şahin")]
    [InlineData("8859/11", "windows-874", "สมชาย")]
    [InlineData("8859/13", "iso-8859-13", "Žižkienė")]
    [InlineData("8859/15", "iso-8859-15", "Œuvrard €")]
    [InlineData("ISO-8859-15", "iso-8859-15", "Žofie")]
    [InlineData("WINDOWS-1252", "windows-1252", "O’Brien")]
    public void ISO_8859_parts_are_read_as_MSH_18_says(string msh18, string page, string name) =>
        Family(Written(name, msh18, page == "iso-8859-1" ? Encoding.Latin1 : Page(page))).ShouldBe(name);

    [Theory]
    [InlineData("GB 18030-2000", "gb18030", "欧阳 㐂")]
    [InlineData("BIG-5", "big5", "許功蓋")] // Each ends in the byte that ASCII calls a backslash.
    [InlineData("KS X 1001", "euc-kr", "김철수")]
    [InlineData("ISO IR87", "iso-2022-jp", "山田太郎")]
    [InlineData("~ISO IR87", "iso-2022-jp", "山田太郎")]
    [InlineData("ASCII~ISO IR87", "iso-2022-jp", "山田太郎")]
    public void East_Asian_sets_are_read_and_answered_as_MSH_18_says(string msh18, string page, string name)
    {
        var bytes = Written(name, msh18, Page(page));
        Family(bytes).ShouldBe(name);
        Page(page)
            .GetString(Acknowledgement.Accept(AdtSample.Message(bytes).Header, DateTimeOffset.UnixEpoch, "1"))
            .ShouldContain("MSA|AA|7\r");
    }

    [Theory]
    [InlineData("UNICODE UTF-8")]
    [InlineData("UTF-8")]
    [InlineData("utf8")]
    [InlineData("UNICODE")]
    [InlineData("")]
    [InlineData("ASCII")]
    [InlineData("UNICODE UTF-16")]
    public void UTF_8_is_read_under_all_its_names_and_where_nothing_else_is_said(string msh18) =>
        Family(Written("Nguyễn 李 🙂 ليلى", msh18, Encoding.UTF8)).ShouldBe("Nguyễn 李 🙂 ليلى");

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void UTF_16_is_recognized_with_and_without_a_mark(bool big, bool marked)
    {
        var encoding = new UnicodeEncoding(big, marked);
        byte[] bytes = [.. encoding.GetPreamble(), .. Written("Nguyễn 李 🙂", "UNICODE UTF-16", encoding)];
        Family(bytes).ShouldBe("Nguyễn 李 🙂");
        Family(MllpFraming.Frame(bytes)).ShouldBe("Nguyễn 李 🙂");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ASCII")]
    public void Bytes_that_are_no_UTF_8_are_Latin_1_when_nothing_else_is_said(string msh18) =>
        Family(Written("Müller", msh18, Encoding.Latin1)).ShouldBe("Müller");

    [Theory]
    [InlineData("EBCDIC")]
    [InlineData("8859/12")]
    [InlineData("8859/99")]
    [InlineData("ISO IR159")]
    public void An_unknown_character_set_is_refused_at_MSH_18(string msh18)
    {
        var fault = Hl7Message.Read(Written("Doe", msh18, Encoding.ASCII)).Fault!;
        (fault.Answer, fault.Place, fault.Code).ShouldBe((AckCode.AR, "MSH-18", "charset-unknown"));
    }

    [Fact]
    public void Bytes_that_the_named_set_does_not_have_are_refused_rather_than_guessed()
    {
        var fault = Hl7Message.Read(Written("Müller", "UNICODE UTF-8", Encoding.Latin1)).Fault!;
        (fault.Place, fault.Code).ShouldBe(("MSH-18", "charset-mismatch"));
    }

    [Fact]
    public void No_text_holds_a_NUL() => Family(Written("D\0oe\\X00\\", "", Encoding.UTF8)).ShouldBe("Doe");
}
