using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Adt;

/// <summary>The right patient, always: what a message says is only ever done to the patient whom its numbers name.</summary>
public sealed class FeedIdentityTests : IAsyncLifetime
{
    private FeedWard ward = null!;

    public async Task InitializeAsync() => ward = await FeedWard.Open();

    public async Task DisposeAsync()
    {
        await ward.ShouldRefold();
        await ward.DisposeAsync();
    }

    [Theory]
    [InlineData("A02")]
    [InlineData("A03")]
    [InlineData("A08")]
    [InlineData("A11")]
    [InlineData("A21")]
    [InlineData("A01")]
    public async Task A_message_under_another_patients_visit_number_changes_nothing_and_is_held(string trigger)
    {
        await ward.Say(new Tell("A01", "08:00"));
        var before = await ward.OnlyStay();
        (
            await ward.Say(
                new Tell(trigger, "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Place = "3-EAST^301",
                }
            )
        ).ShouldBe("AE PID-3 patient-mismatch");
        (await ward.OnlyStay()).ShouldBeEquivalentTo(before);
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
        var held = (await ward.Quarantined()).ShouldHaveSingleItem();
        (held.Fault.Code, held.Fault.Segment, held.Fault.Field).ShouldBe(("patient-mismatch", "PID", 3));
    }

    [Fact]
    public async Task Both_identities_of_a_mismatch_stand_side_by_side()
    {
        await ward.Say(new Tell("A01", "08:00") { Pid = "|19840229|F" });
        await ward.Say(
            new Tell("A03", "09:00")
            {
                Mrn = "00777",
                Name = "ROE^RICHARD",
                Pid = "|19900101|M",
            }
        );
        var whole = (await ward.Quarantine.Open(FeedWard.Nurse, Guid.Parse((await ward.Quarantined()).Single().Id), default))!;
        whole
            .Says.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                s => s.Family.ShouldBe("ROE"),
                s => s.Born.ShouldBe(new DateOnly(1990, 1, 1)),
                s => s.Identifiers.ShouldBe([new PatientIdentifier("00777", "NORTH", "MR")])
            );
        whole
            .Here.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                s => s.Family.ShouldBe("DOE"),
                s => s.Born.ShouldBe(new DateOnly(1984, 2, 29)),
                s => s.Identifiers.ShouldBe([new PatientIdentifier("00421", "NORTH", "MR")])
            );
    }

    [Fact]
    public async Task Any_of_the_repetitions_may_agree()
    {
        await ward.Say(new Tell("A01", "08:00") { Mrn = "00421^^^NORTH^MR~E77" });
        (await ward.Say(new Tell("A02", "09:00") { Mrn = "X9^^^SOUTH^MR~E77", Place = "3-EAST^302" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("3-east 302 00421 DOE, JANE");
        (await ward.Say(new Tell("A03", "10:00") { Mrn = "00421^^^NORTH^SS~E78" })).ShouldBe("AE PID-3 patient-mismatch");
    }

    [Fact]
    public async Task A_number_that_was_told_later_is_known_from_then_on()
    {
        await ward.Say(new Tell("A01", "08:00"));
        (await ward.Say(new Tell("A08", "08:30") { Mrn = "00421^^^NORTH^MR~E77" })).ShouldBe("AA");
        (await ward.Say(new Tell("A03", "09:00") { Mrn = "E77" })).ShouldBe("AA");
        (await ward.Census()).ShouldBe("");
    }

    [Fact]
    public async Task The_same_number_from_two_authorities_is_two_patients()
    {
        await ward.Say(new Tell("A01", "08:00") { Visit = "" });
        (
            await ward.Say(
                Of(
                    "SOUTH",
                    new Tell("A01", "08:00")
                    {
                        Visit = "",
                        Name = "ROE^RICHARD",
                        Place = "3-EAST^301",
                    }
                )
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE\n3-east 301 00421 ROE, RICHARD");
        (await ward.Say(Of("SOUTH", new Tell("A03", "09:00") { Visit = "" }))).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
        (await ward.Say(Of("EAST", new Tell("A03", "09:30") { Visit = "" }))).ShouldBe("AE PID-3 stay-unknown");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task Where_an_authority_is_not_known_the_number_alone_is_not_enough()
    {
        await ByHand("00421", "Doe", new(1984, 2, 29));
        (
            await ward.Say(
                new Tell("A03", "09:00")
                {
                    Visit = "",
                    Name = "ROE^RICHARD",
                    Pid = "|19900101",
                }
            )
        ).ShouldBe("AE PID-3 stay-unknown");
        (await ward.Say(new Tell("A03", "09:00") { Visit = "", Name = "ROE^RICHARD" })).ShouldBe("AE PID-3 stay-unknown");
        (await ward.Census()).ShouldNotBeEmpty();
        (
            await ward.Say(
                new Tell("A03", "09:30")
                {
                    Visit = "",
                    Name = "DOE^JANE",
                    Pid = "|19840229",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_feed_can_say_whose_numbers_those_without_an_authority_are()
    {
        await ByHand("00421", "Doe", null);
        await ward.SetUp(new SetFeedNumbers(["MR"], "NORTH", [new("1.2.3", "NORTH")], VisitField.VisitNumber));
        (await ward.Say(Of("&1.2.3&ISO", new Tell("A08", "09:00") { Visit = "", Name = "ROE^JANE" }))).ShouldBe("AA");
        (await ward.OnlyStay()).Patient.Family.ShouldBe("ROE");
        (await ward.Say(Of("SOUTH", new Tell("A03", "09:30") { Visit = "" }))).ShouldBe("AE PID-3 stay-unknown");
    }

    [Fact]
    public async Task Where_accounts_number_visits_the_account_finds_the_stay()
    {
        await ward.Receive(new Tell("A05", "07:00"));
        await ward.SetUp(new SetFeedNumbers(["MR"], null, [], VisitField.AccountNumber));
        var account = new string('|', 12) + "ACC1^^^NORTH^AN";
        (await ward.Say(new Tell("A01", "08:00") { Visit = "V1", Pid = account })).ShouldBe("AA");
        (await ward.OnlyStay()).Visit.ShouldBe("ACC1");
        (await ward.Say(new Tell("A03", "09:00") { Visit = "V2", Pid = account })).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("A18")]
    [InlineData("A34")]
    [InlineData("A40")]
    [InlineData("A47")]
    public async Task A_merge_renumbers_the_patient_of_that_authority_only(string trigger)
    {
        await ward.Say(new Tell("A01", "07:00"));
        await ward.Say(
            Of(
                "SOUTH",
                new Tell("A01", "07:00")
                {
                    Visit = "V2^^^SOUTH",
                    Name = "ROE^RICHARD",
                    Place = "3-EAST^301",
                }
            )
        );
        (
            await ward.Say(
                new Tell(trigger, "09:00")
                {
                    Mrn = "00900",
                    Place = "none",
                    More = "MRG|00421^^^NORTH^MR",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00900 DOE, JANE\n3-east 301 00421 ROE, RICHARD");
    }

    [Fact]
    public async Task A_merge_of_a_number_without_authority_moves_nothing_and_is_held()
    {
        await ward.Say(new Tell("A01", "07:00"));
        (
            await ward.Say(
                new Tell("A40", "09:00")
                {
                    Mrn = "00900",
                    Place = "none",
                    More = "MRG|00421",
                }
            )
        ).ShouldBe("AE MRG-1 authority-missing");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task What_came_under_the_old_number_after_a_merge_is_still_the_patients()
    {
        await ward.Say(new Tell("A01", "07:00"));
        await ward.Say(
            new Tell("A40", "09:00")
            {
                Mrn = "00900",
                Place = "none",
                More = "MRG|00421^^^NORTH^MR",
            }
        );
        (await ward.Say(new Tell("A02", "08:30") { Place = "3-EAST^302" })).ShouldBe("AA");
        (await ward.Say(new Tell("A03", "09:30") { Mrn = "00900" })).ShouldBe("AA");
        (await ward.Census()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mismatch_is_tried_again_when_the_merge_that_explains_it_has_come()
    {
        await ward.Say(new Tell("A01", "07:00"));
        (await ward.Say(new Tell("A02", "09:30") { Mrn = "00900", Place = "3-EAST^302" })).ShouldBe("AE PID-3 patient-mismatch");
        (
            await ward.Say(
                new Tell("A40", "09:00")
                {
                    Mrn = "00900",
                    Place = "none",
                    More = "MRG|00421^^^NORTH^MR",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("3-east 302 00900 DOE, JANE");
        (await ward.Quarantined()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visit_that_is_another_patients_is_theirs_from_then_on()
    {
        await ward.Say(new Tell("A01", "07:00"));
        (
            await ward.Say(
                new Tell("A45", "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Visit = "V9",
                    More = "MRG|00421^^^NORTH^MR||||V1",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE, RICHARD");
        (
            await ward.Say(
                new Tell("A02", "09:30")
                {
                    Mrn = "00777",
                    Visit = "V9",
                    Place = "3-EAST^302",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("3-east 302 00777 ROE, RICHARD");
        (await ward.Say(new Tell("A03", "10:00"))).ShouldBe("AE PID-3 patient-mismatch");
    }

    [Fact]
    public async Task A_visit_is_not_moved_from_a_patient_whose_it_is_not()
    {
        await ward.Say(new Tell("A01", "07:00"));
        (
            await ward.Say(
                new Tell("A45", "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Visit = "V1",
                    More = "MRG|00555^^^NORTH^MR||||V1",
                }
            )
        ).ShouldBe("AE PID-3 patient-mismatch");
        (
            await ward.Say(
                new Tell("A45", "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Visit = "V8",
                    More = "MRG|00555^^^NORTH^MR||||V8",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task An_account_moved_to_another_patient_takes_its_visit_along()
    {
        await ward.Say(new Tell("A01", "07:00") { Visit = "ACC1" });
        (
            await ward.Say(
                new Tell("A44", "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Place = "none",
                    More = "MRG|00421^^^NORTH^MR||ACC1",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE, RICHARD");
    }

    [Theory]
    [InlineData("A44", "MRG|00421^^^NORTH^MR||ACC9", "AE MRG-3 visit-unsaid")]
    [InlineData("A44", "MRG|00421^^^NORTH^MR", "AE MRG-3 visit-unsaid")]
    [InlineData("A45", "MRG|00421^^^NORTH^MR", "AE MRG-5 visit-unsaid")]
    [InlineData("A44", "MRG|00421^^^SOUTH^MR||ACC9", "AA")]
    [InlineData("A44", "MRG|00555^^^NORTH^MR||ACC9", "AA")]
    public async Task What_may_be_a_visit_of_somebody_who_is_here_is_held_where_its_number_does_not_say(
        string trigger,
        string prior,
        string answer
    )
    {
        await ward.Say(new Tell("A01", "07:00"));
        (
            await ward.Say(
                new Tell(trigger, "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Visit = "",
                    More = prior,
                }
            )
        ).ShouldBe(answer);
        (await ward.Census()).ShouldBe("2-west 201A 00421 DOE, JANE");
    }

    [Fact]
    public async Task An_account_that_is_moved_with_its_visits_number_takes_that_visit_along()
    {
        await ward.Say(new Tell("A01", "07:00"));
        (
            await ward.Say(
                new Tell("A44", "09:00")
                {
                    Mrn = "00777",
                    Name = "ROE^RICHARD",
                    Place = "none",
                    More = "MRG|00421^^^NORTH^MR||ACC9||V1",
                }
            )
        ).ShouldBe("AA");
        (await ward.Census()).ShouldBe("2-west 201A 00777 ROE, RICHARD");
    }

    [Fact]
    public async Task A_visit_under_a_new_number_is_found_by_it()
    {
        await ward.Say(new Tell("A01", "07:00"));
        (await ward.Say(new Tell("A50", "09:00") { Visit = "V5", More = "MRG|00421^^^NORTH^MR||||V1" })).ShouldBe("AA");
        (await ward.Say(new Tell("A03", "10:00") { Visit = "V5" })).ShouldBe("AA");
        (await ward.OnlyStay()).ShouldSatisfyAllConditions(s => s.Visit.ShouldBe("V5"), s => s.DischargedAt.ShouldNotBeNull());
    }

    private async Task ByHand(string mrn, string family, DateOnly? born) =>
        (
            await ward.Log.Send(
                FeedWard.Facility,
                new(
                    new Admit(mrn, family, "Jane", FeedWard.West, "201A", DateTimeOffset.Parse("2024-03-10T08:00:00-04:00"), Born: born)
                    {
                        Key = Guid.CreateVersion7().ToString(),
                    },
                    FeedWard.Nurse.Actor,
                    Guid.CreateVersion7()
                )
            )
        ).Refusal.ShouldBeNull();

    private static string Of(string authority, Tell tell) => tell.ToString().Replace("^^^NORTH^MR||", $"^^^{authority}^MR||");
}
