using System.Globalization;
using System.Text.RegularExpressions;

namespace Handoff.Web.Layout;

/// <summary>Every address that pages link or post to.</summary>
public static partial class Paths
{
    public const string Overview = "/units";
    public const string Quarantine = "/adt/quarantine";
    public const string Feeds = "/adt/feeds";
    public const string TryFeed = "/adt/feeds/try";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";

    public static string Feed(Guid feed) => $"/adt/feeds/{feed}";

    public static string FeedKeys(Guid feed) => $"/adt/feeds/{feed}/keys";

    /// <summary>One key, and its end.</summary>
    public static string FeedKey(Guid key) => $"/adt/feeds/keys/{key}";

    public static string Board(string unit) => $"/units/{unit}/board";

    /// <summary>The viewer's own patients on a unit, or all of them.</summary>
    public static string Mine(string unit, bool isAll = false) => $"/units/{unit}/mine{(isAll ? "?all=true" : "")}";

    public static string Wall(string unit) => $"/units/{unit}/wall";

    public static string Rounds(string unit) => $"/units/{unit}/rounds";

    public static string Groups(string unit) => $"/units/{unit}/groups";

    public static string Admit(string unit) => $"/units/{unit}/admit";

    public static string SetUp(string unit) => $"/units/{unit}/set-up";

    public const string NewUnit = "/units/new";
    public const string Scope = "/facility/scope";
    public const string Service = "/service";
    public const string Evidence = "/facility/evidence";

    /// <summary>One source of evidence, and its end.</summary>
    public static string EvidenceSource(Guid source) => $"/facility/evidence/{source}";

    public static string Stay(string stay) => $"/stays/{stay}";

    /// <summary>A patient's lanes over some days; the whole stay without a number.</summary>
    public static string Lanes(Guid stay, int? days) =>
        $"/stays/{stay}/lanes?days={(days is { } number ? number.ToString(CultureInfo.InvariantCulture) : "stay")}";

    /// <summary>
    /// One thing to do about a stay: <c>level</c>, <c>pause</c>, <c>leave</c>, <c>move</c>, <c>details</c>, <c>discharge</c> …
    /// </summary>
    public static string Stay(Guid stay, string act) => $"/stays/{stay}/{act}";

    /// <summary>One patient of a unit's rounds: as a row, and where their checks are posted to.</summary>
    public static string Round(string unit, Guid stay) => $"/units/{unit}/rounds/{stay}";

    public static string UndoCheck(string unit, Guid stay) => $"/units/{unit}/rounds/{stay}/undo";

    public static string Tasks(string unit) => $"/units/{unit}/tasks";

    public static string NewTask(string unit) => $"/units/{unit}/tasks/new";

    /// <summary>One task, or one thing to do with it: <c>take</c>, <c>done</c>, <c>defer</c>, <c>reown</c>.</summary>
    public static string Task(Guid task, string? act = null) => act is null ? $"/tasks/{task}" : $"/tasks/{task}/{act}";

    /// <summary>One concern, or one thing to do with it: <c>acknowledge</c>, <c>close</c>.</summary>
    public static string Escalation(Guid escalation, string? act = null) =>
        act is null ? $"/escalations/{escalation}" : $"/escalations/{escalation}/{act}";

    public static string Notes(Guid stay) => $"/stays/{stay}/notes";

    /// <summary>One note, or one thing to do with it: <c>addendum</c>, <c>correct</c>, <c>strike</c>.</summary>
    public static string Note(Guid note, string? act = null) => act is null ? $"/notes/{note}" : $"/notes/{note}/{act}";

    public const string NoticesPath = "/notices";

    /// <summary>What the viewer of a page is told now; <paramref name="on"/> is the page.</summary>
    public static string Notices(string on, string? unit) =>
        $"{NoticesPath}?on={Uri.EscapeDataString(on)}" + (unit is null ? "" : $"&unit={Uri.EscapeDataString(unit)}");

    public static string RoundQuestions(string unit) => $"/units/{unit}/round-questions";

    public static string RoundQuestion(string unit, Guid question) => $"{RoundQuestions(unit)}/{question}";

    /// <summary>The overview's lines without the page around them.</summary>
    public const string OverviewLines = "/units/lines";

    /// <summary>The board as it stood at an instant.</summary>
    public static string BoardAt(string unit, DateTimeOffset at) => At(Board(unit), at);

    /// <summary>A patient's page as it stood at an instant.</summary>
    public static string StayAt(Guid stay, DateTimeOffset at) => At(Stay(stay.ToString()), at);

    /// <summary>A page as it stood at an instant.</summary>
    public static string At(string path, DateTimeOffset at)
    {
        var (address, anchor) = path.IndexOf('#') is >= 0 and var mark ? (path[..mark], path[mark..]) : (path, "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{address}{(address.Contains('?') ? '&' : '?')}at={at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z{anchor}"
        );
    }

    /// <summary>Whether the page at an address can be shown as it stood at an instant.</summary>
    public static bool ShowsThePast(string address) => OfThePast().IsMatch(address.Split('?', '#')[0]);

    [GeneratedRegex(
        "^/units(/[^/]+/(board|incidents(/[0-9a-f-]{36})?|handoff(/print)?|meeting(/print|/[0-9a-f-]{36})?))?$"
            + "|^/stays/[0-9a-f-]{36}(/(timeline|lanes|notes))?$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OfThePast();

    /// <summary>The board as it stood some minutes before it is asked for.</summary>
    public static string BoardAgo(string unit, int minutes) => $"/units/{unit}/board?ago={minutes}";

    /// <summary>The rounds, opened at a patient.</summary>
    public static string RoundsAt(string unit, string stay) => $"/units/{unit}/rounds?open={stay}#round-{stay}";
}
