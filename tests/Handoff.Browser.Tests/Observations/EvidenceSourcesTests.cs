using System.Security.Cryptography;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Observations;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Handoff.Browser.Tests.Observations;

public sealed class EvidenceSourcesTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    [Fact]
    public async Task A_source_is_enrolled_and_ended_from_set_up_without_a_script()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var context = await chrome.Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = false,
                ViewportSize = new() { Width = 1000, Height = 1200 },
            }
        );
        var page = await app.SignIn(context, "manager", "/units/2-west/set-up");
        await page.Locator(".page").GetByRole(AriaRole.Link, new() { Name = "Evidence sources" }).ClickAsync();
        await page.FillAsync("#name", "NFC tags, 2 West");
        await page.Locator(".chip", new() { HasText = "NFC tags" }).ClickAsync();
        await page.FillAsync("#publicKey", "no key");
        await Press(page, "Enrol source");
        await Expect(page.Locator("#publicKey-error")).ToContainTextAsync("ECDSA on P-256");
        await Expect(page.Locator("#name")).ToHaveValueAsync("NFC tags, 2 West");
        await page.FillAsync("#publicKey", key.ExportSubjectPublicKeyInfoPem());
        await Press(page, "Enrol source");
        await Expect(page.Locator(".saved")).ToContainTextAsync("Its proofs are accepted");

        await page.FillAsync("#reason", "Lost");
        await Press(page, "End this source");
        await Expect(page.Locator(".saved")).ToContainTextAsync("has ended");
        await Expect(page.Locator(".held", new() { HasText = "NFC tags, 2 West" })).ToContainTextAsync("Lost");
    }

    [Fact]
    public async Task The_pages_about_sources_keep_the_rules_of_every_page()
    {
        var source = Guid.CreateVersion7();
        foreach (
            var (id, name) in ((Guid, string)[])
                [(source, "Bluetooth gateway, hallway of 2 West"), (Guid.CreateVersion7(), "NFC tags, 3 East")]
        )
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await app.Record(
                new EnrolEvidenceSource(name, EvidenceGrade.Ble, Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())) { Key = $"{id}" }
            );
        }

        (await app.Broken(chrome.Browser, "manager", "/facility/evidence", "evidence")).ShouldBeEmpty();
        (await app.Broken(chrome.Browser, "manager", $"/facility/evidence/{source}", "evidence-source")).ShouldBeEmpty();
    }

    private static Task Press(IPage page, string words) =>
        page.GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).ClickAsync();
}
