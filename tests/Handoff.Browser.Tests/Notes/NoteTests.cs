using Handoff.Browser.Tests.Support;
using Handoff.Domain.Kernel;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Notes;

public sealed class NoteTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private static readonly Guid Ana = NamedId.From("demo", "3-east", "303");

    [Theory]
    [InlineData(true, "303")]
    [InlineData(false, "304")]
    public async Task A_note_is_signed_amended_and_struck_and_stays_readable(bool hasScript, string bed)
    {
        var stay = NamedId.From("demo", "3-east", bed);
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = hasScript,
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        var page = await app.SignIn(context, "nurse", $"/stays/{stay}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a note" }).ClickAsync();
        await page.FillAsync("#text", "Slept well.\nAsked for the chaplain.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign as" }).ClickAsync();
        await Expect(page.Locator(".note")).ToContainTextAsync("Nursing note");

        await Amend(page, "Correct it", "#corrected", "Slept badly.", "#reason", "Another night", "Sign the correction");
        await Expect(page.Locator(".note > .signed-text")).ToHaveTextAsync("Slept badly.");
        await Expect(page.Locator(".note s")).ToContainTextAsync("Slept well.");
        await Amend(page, "Entered in error", "#errorReason", "Of another patient", null, "", "Entered in error");
        await Expect(page.Locator(".note s")).ToHaveCountAsync(2);
        await Expect(page.Locator(".note")).ToContainTextAsync("Of another patient");
        await page.GotoAsync($"{app.Address}/stays/{stay}");
        await Expect(page.Locator(".story")).ToContainTextAsync("A note was entered in error");
    }

    [Fact]
    public async Task A_better_word_is_one_tap_away_and_no_word_is_forbidden()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", $"/stays/{Ana}/note");
        await page.FillAsync("#text", "Refused lunch, took insulin 10 U. Was combative.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write “Declined”" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Write “units”" }).ClickAsync();
        await Expect(page.Locator("#text")).ToHaveValueAsync("Declined lunch, took insulin 10 units. Was combative.");
        await Expect(page.Locator(".wording")).ToContainTextAsync("Describe what the patient did");
        await Expect(page.Locator(".wording .button")).ToHaveCountAsync(0);
        (await page.Violations()).ShouldBeEmpty();
        await page.Keep("note-wording.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign as" }).ClickAsync();
        await Expect(page.Locator(".note").First).ToContainTextAsync("Was combative.");
    }

    [Theory]
    [InlineData("observe/mood", "other")]
    [InlineData("precaution", "name")]
    [InlineData("task", "text")]
    public async Task A_text_of_one_line_has_its_words_read_too(string form, string field)
    {
        await using var context = await chrome.Browser.Screen(app, width: 390, height: 844);
        var page = await app.SignIn(context, "charge", $"/stays/{Ana}/{form}");
        await page.EvaluateAsync("document.querySelectorAll('main details').forEach(more => more.open = true)");
        await page.FillAsync($"#{field}", "Refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "Write “Declined”" }).ClickAsync();
        await Expect(page.Locator($"#{field}")).ToHaveValueAsync("Declined");
        await page.Keep($"wording-{field}-390.png");
    }

    [Fact]
    public async Task What_was_typed_is_still_there_after_the_tab_was_closed()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "nurse", $"/stays/{Ana}/note");
        await page.FillAsync("#text", "Half a sentence");
        await page.WaitForTimeoutAsync(500);
        await page.CloseAsync();
        var again = await context.NewPageAsync();
        await again.GotoAsync($"{app.Address}/stays/{Ana}/note");
        await Expect(again.Locator("#text")).ToHaveValueAsync("Half a sentence");
        await Expect(again.Locator("[data-draft-target=note]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_persons_note_is_only_added_to()
    {
        await using var context = await chrome.Browser.Screen(app);
        var page = await app.SignIn(context, "prescriber", $"/stays/{Ana}/note");
        await page.FillAsync("#text", new string('w', 120) + " and so on");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign as" }).ClickAsync();
        await page.Locator(".note", new() { HasText = "and so on" }).GetByRole(AriaRole.Link, new() { Name = "Amend" }).ClickAsync();
        await page.WaitForURLAsync("**/notes/*");
        var note = new Uri(page.Url).PathAndQuery;
        await using var other = await chrome.Browser.Screen(app);
        var tech = await app.SignIn(other, "tech", note);
        await Expect(tech.Locator(".amend")).ToHaveCountAsync(1);
        (await app.Broken(chrome.Browser, "prescriber", note, "note")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "prescriber", $"/stays/{Ana}/notes", "notes")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "prescriber", $"/stays/{Ana}/note", "note-new")).ShouldBeEmpty();
        (
            await app.Broken(chrome.Browser, "prescriber", $"/stays/{NamedId.From("demo", "3-east", "310")}/notes", "notes-empty")
        ).ShouldBeEmpty();
    }

    private static async Task Amend(IPage page, string summary, string field, string text, string? other, string words, string button)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Amend" }).First.ClickAsync();
        await page.Locator(".amend > summary", new() { HasText = summary }).ClickAsync();
        await page.FillAsync(field, text);
        if (other is not null)
        {
            await page.FillAsync(other, words);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/notes");
    }
}
