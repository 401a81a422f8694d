using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Handoff.Api.Tests.Notes;

/// <summary>
/// Whatever can be written about a patient has its words read, in one line or in many: the sources of all forms are walked, so that none
/// can leave it out.
/// </summary>
public sealed partial class WordingFieldTests
{
    /// <summary>The fields whose words are not read, by form, and why.</summary>
    private static readonly Dictionary<string, string> NotRead = new()
    {
        ["Feeds/FeedPage types"] = "codes",
        ["Feeds/FeedPage home"] = "codes",
        ["Feeds/FeedPage authorities"] = "codes",
        ["Feeds/FeedPage places"] = "codes",
        ["Feeds/FeedPage outpatients"] = "codes",
        ["Feeds/FeedPage processing"] = "codes",
        ["Feeds/FeedPage zone"] = "a zone",
        ["Feeds/FeedsPage application"] = "codes",
        ["Feeds/FeedsPage facility"] = "codes",
        ["Feeds/HeldMessagePage text"] = "a machine's message",
        ["Feeds/TryFeedPage text"] = "a machine's message",
        ["Feeds/FeedKeysPage name"] = "a key's name",
        ["Feeds/FeedPage names"] = "names of the facility",
        ["Observations/EvidenceSourcesPage publicKey"] = "a key",
        ["Groups/PlanGroupPage facilitator"] = "somebody's name",
        ["Groups/PlanGroupPage room"] = "a place",
        ["Incidents/IncidentActPage name"] = "somebody's name",
        ["Layout/SignInPage account"] = "an account",
        ["Meetings/AgendaHead attending"] = "names",
        ["Stays/AdmitPage mrn"] = "a number",
        ["Stays/DetailsPage language"] = "a language",
        ["Stays/DetailsPage sex"] = "the hospital's code",
        ["Stays/PatientFields family"] = "a name",
        ["Stays/PatientFields given"] = "a name",
        ["Stays/PatientFields preferred"] = "a name",
        ["Observations/PausePage with"] = "somebody's name",
        ["Stays/ReportPage to"] = "somebody's name",
        ["Units/NewUnitPage name"] = "a unit's name",
        ["Units/NewUnitPage unit"] = "an id",
        ["Units/NewUnitPage zone"] = "a zone",
        ["Units/SetUpPage beds"] = "beds",
        ["Units/SetUpPage name"] = "a unit's name",
        ["Units/SetUpPage name-"] = "a level's name",
        ["Units/SetUpPage places"] = "places",
        ["Units/SetUpPage shifts"] = "shifts",
        ["Units/SetUpPage zone"] = "a zone",
    };

    private static readonly string Web = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Handoff.Web"));

    [Fact]
    public void Every_text_that_can_be_written_about_a_patient_has_its_words_read()
    {
        var texts = Directory
            .EnumerateFiles(Web, "*.razor", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(Texts)
            .ToList();
        texts.Count(text => text.IsRead).ShouldBeGreaterThan(40);
        texts
            .Where(text => !text.IsRead)
            .Select(text => text.Name)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(NotRead.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, bool IsRead)> Texts(string file)
    {
        var (form, source) = (Path.GetRelativePath(Web, file).Replace('\\', '/')[..^".razor".Length], File.ReadAllText(file));
        foreach (var tag in Tags().Matches(source).Select(match => match.Value))
        {
            var isField = tag.StartsWith("<Field ", StringComparison.Ordinal);
            if (
                form is "Components/Field"
                || (
                    isField
                        ? tag.Contains(" Kind=", StringComparison.Ordinal) || tag.Contains(" Options=", StringComparison.Ordinal)
                        : IsNoText().IsMatch(tag)
                )
            )
            {
                continue;
            }

            var isRead = isField
                ? !tag.Contains(" Plain=\"true\"", StringComparison.Ordinal) && !tag.Contains(" IsName=\"true\"", StringComparison.Ordinal)
                : tag.Contains("data-controller=\"wording", StringComparison.Ordinal);
            yield return ($"{form} {Named().Match(tag).Groups["name"].Value}", isRead);
        }
    }

    [GeneratedRegex("<(Field|input|textarea) .*?(/>|</textarea)", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Tags();

    [GeneratedRegex(" type=\"(@|hidden|checkbox|radio|search|range|password|date|number)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsNoText();

    [GeneratedRegex("[ \\n](N|n)ame=\"(@[(]\\$\")?(?<name>[A-Za-z@-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    private static string Here([CallerFilePath] string path = "") => path;
}
