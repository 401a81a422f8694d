using Handoff.Browser.Tests.Support;
using Handoff.Domain.Meetings;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Meetings;

public sealed class MeetingLookTests(MeetingFixture app, Chrome chrome) : IClassFixture<MeetingFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task The_agenda_keeps_the_rules_of_every_page() =>
        (await app.Broken(chrome.Browser, "nurse", Paths.Meeting(MeetingFixture.Unit), "meeting-agenda")).ShouldBeEmpty();

    [Theory]
    [InlineData("nurse", "meeting-patient")]
    [InlineData("auditor", "meeting-read")]
    public async Task A_patient_before_the_team_keeps_the_rules_of_every_page(string account, string name)
    {
        await app.Record(new OpenMeeting { Key = await Today() });
        (
            await app.Broken(chrome.Browser, account, Paths.Meeting(MeetingFixture.Unit, MeetingFixture.Reyes, null, null), name)
        ).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("stay")]
    [InlineData("30")]
    public async Task Whom_little_is_to_be_told_of_keeps_the_rules_of_every_page(string days) =>
        (
            await app.Broken(
                chrome.Browser,
                "nurse",
                Paths.Meeting(MeetingFixture.Unit, days == "30" ? MeetingFixture.Konstantinos : MeetingFixture.Quiet, "bed", days),
                $"meeting-{days}"
            )
        ).ShouldBeEmpty();

    [Fact]
    public async Task On_paper_each_patient_has_a_page()
    {
        await using var context = await chrome.Browser.NewContextAsync();
        var page = await app.SignIn(context, "nurse", Paths.MeetingPaper(MeetingFixture.Unit));
        System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" })).Split("/Type /Page\n").Length.ShouldBe(5 + 1);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Keep("meeting-paper.png");
        (await page.Violations()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("light", 1920, 1080)]
    [InlineData("dark", 1440, 900)]
    [InlineData("light", 820, 1180)]
    public async Task It_can_be_looked_at(string theme, int width, int height)
    {
        await app.Record(new OpenMeeting { Key = await Today() });
        await using var context = await chrome.Browser.Screen(app, theme, width, height);
        var page = await app.SignIn(context, "prescriber", Paths.Meeting(MeetingFixture.Unit, MeetingFixture.Reyes, null, null));
        await page.IsLive();
        await page.Keep($"meeting-first-{theme}-{width}.png");
        (await page.Violations()).ShouldBeEmpty();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Keep($"meeting-printed-{width}.png");
    }

    private async Task<string> Today() =>
        MeetingKey.ForDay(
            MeetingFixture.Unit,
            MeetingKey.Today(
                await Microsoft
                    .Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Handoff.Api.Store.Log>(app.Services)
                    .State<Unit>(AppFixture.Facility, MeetingFixture.Unit, default),
                DateTimeOffset.UtcNow
            )
        );
}
