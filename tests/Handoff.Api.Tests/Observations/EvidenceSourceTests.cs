using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Observations;

/// <summary>
/// A manager enrols a source of evidence and ends it: from then on nothing that it signs counts, and what it proved stays proven.
/// </summary>
public sealed class EvidenceSourceTests(App app) : IClassFixture<App>, IDisposable
{
    private const string Page = "/facility/evidence";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    public void Dispose() => key.Dispose();

    [Theory]
    [InlineData(Role.Technician)]
    [InlineData(Role.ChargeNurse)]
    [InlineData(Role.Integration)]
    public async Task Who_is_no_manager_neither_sees_nor_enrols_nor_ends_one(Role role)
    {
        using var client = await app.As(role);
        var source = Guid.CreateVersion7();
        (await client.Get("/api/evidence-sources")).ShouldBeProblem(403, "not-permitted");
        (
            await client.Post(
                $"/api/evidence-source/{source}/enrol-evidence-source",
                new
                {
                    name = "Tags",
                    grade = "Nfc",
                    publicKey = PublicKey,
                }
            )
        ).ShouldBeProblem(403, "not-permitted");
        (await client.Post($"/api/evidence-source/{source}/revoke-evidence-source", new { reason = "Lost" })).ShouldBeProblem(
            403,
            "not-permitted"
        );
        (await client.GetAsync(Page)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (
            await app.Press("tech", "/units/2-west/rounds", Page, ("name", "Tags"), ("grade", "Nfc"), ("publicKey", PublicKey))
        ).Status.ShouldBe(403);
        (await app.Press("tech", "/units/2-west/rounds", $"{Page}/{source}/revoke", ("reason", "Lost"))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task One_is_enrolled_listed_with_who_and_when_and_ended_with_a_reason()
    {
        var request = Guid.CreateVersion7().ToString();
        var pem = key.ExportSubjectPublicKeyInfoPem();
        var enrolled = await app.Press(
            "manager",
            Page,
            Page,
            ("name", "NFC tags, 2 West"),
            ("grade", "Nfc"),
            ("publicKey", pem),
            ("request", request)
        );
        enrolled.Status.ShouldBe(303, enrolled.Text);
        (await app.Press("manager", Page, Page, ("name", "NFC tags, 2 West"), ("grade", "Nfc"), ("publicKey", pem), ("request", request)))
            .LeadsTo()
            .ShouldBe(enrolled.LeadsTo());
        var source = Guid.Parse(enrolled.LeadsTo()!.Split('/', '?')[3]);
        using var manager = await app.As(Role.Manager);
        var listed = await Listed(manager, source);
        (
            listed.GetProperty("name").GetString(),
            listed.GetProperty("publicKey").GetString(),
            listed.GetProperty("enrolledBy").GetString()!.Length > 0
        ).ShouldBe(("NFC tags, 2 West", PublicKey, true));
        (await manager.GetStringAsync(Page)).ShouldContain("NFC tags, 2 West");

        (await Checked(source)).ShouldBe(EvidenceGrade.Nfc);
        (await app.Press("manager", $"{Page}/{source}", $"{Page}/{source}/revoke", ("reason", " "))).ErrorAt("reason").ShouldNotBeNull();
        (await app.Press("manager", $"{Page}/{source}", $"{Page}/{source}/revoke", ("reason", "Lost in the laundry")))
            .LeadsTo()
            .ShouldBe($"{Page}?ended={source}");
        (await Checked(source)).ShouldBe(EvidenceGrade.None);
        listed = await Listed(manager, source);
        (listed.GetProperty("reason").GetString(), listed.GetProperty("revokedBy").GetString()).ShouldBe(
            ("Lost in the laundry", listed.GetProperty("enrolledBy").GetString())
        );
        (await manager.GetStringAsync($"{Page}?ended={source}")).ShouldContain("What it proved stays proven");
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("grade", "Sonar")]
    [InlineData("publicKey", "AAAA")]
    [InlineData("publicKey", "")]
    public async Task What_is_wrong_is_said_at_its_field(string field, string value)
    {
        (string Name, string Value)[] right = [("name", "Gateway"), ("grade", "Ble"), ("publicKey", PublicKey)];
        var refused = await app.Press("manager", Page, Page, [.. right.Select(one => one.Name == field ? (field, value) : one)]);
        refused.Status.ShouldBe(422);
        refused.ErrorAt(field).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_private_key_is_refused_and_not_shown_again()
    {
        var refused = await app.Press(
            "manager",
            Page,
            Page,
            ("name", "Gateway"),
            ("grade", "Ble"),
            ("publicKey", key.ExportPkcs8PrivateKeyPem())
        );
        refused.ErrorAt("publicKey").ShouldNotBeNull().ShouldContain("private key");
        refused.Text.ShouldNotContain("BEGIN PRIVATE");
        app.Logged.ShouldAllBe(line => !line.Contains(key.ExportPkcs8PrivateKeyPem().Split('\n')[1], StringComparison.Ordinal));
    }

    private static async Task<JsonElement> Listed(HttpClient manager, Guid source) =>
        (await manager.Get("/api/evidence-sources"))
            .ShouldBeOk()
            .Json.EnumerateArray()
            .Single(one => one.GetProperty("id").GetGuid() == source);

    // A check with the source's word for it: the grade that it is stored with.
    private async Task<EvidenceGrade> Checked(Guid source)
    {
        using var machine = app.Machine();
        var stay = (await machine.Get("/api/units/2-west/board")).ShouldBeOk().Json.Cards()[0].Stay();
        var (moment, nonce) = (app.Clock.GetUtcNow(), Guid.NewGuid().ToString());
        moment = DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
        var signature = Convert.ToBase64String(
            key.SignData(Encoding.UTF8.GetBytes(EvidenceProof.Message(source, stay, moment, nonce)), HashAlgorithmName.SHA256)
        );
        (
            await machine.Post(
                $"/api/rounding/{stay}/record-check",
                new
                {
                    place = "Room",
                    isAsleep = false,
                    proof = new
                    {
                        source,
                        moment,
                        nonce,
                        signature,
                    },
                }
            )
        ).ShouldBeOk();
        var said = await app
            .Services.GetRequiredService<LogReader>()
            .Stream(App.Facility, StreamId.For("rounding", stay), default)
            .ToListAsync();
        return said.Select(logged => logged.Recorded.Event).OfType<SafetyChecked>().Last().Evidence;
    }
}
