using System.Security.Cryptography;
using System.Text;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using static Handoff.Domain.Tests.Observations.RoundingTests;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

/// <summary>Evidence is not a claim: it is what an enrolled source has signed, for this patient, of this moment, once.</summary>
public sealed class EvidenceTests : IDisposable
{
    private static readonly Guid Tag = new("0191e4a0-0000-7000-8000-0000000000aa");
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    [Fact]
    public void A_persons_own_claim_is_stored_as_none() =>
        Rounded()
            .When(new RecordCheck("Room", false, Evidence: EvidenceGrade.Ble), "10:00", People.Technician)
            .Then<SafetyChecked>()
            .Evidence.ShouldBe(EvidenceGrade.None);

    [Fact]
    public void What_an_enrolled_source_has_signed_is_worth_its_grade()
    {
        var seen = Enrolled().When(Check(Signed("10:00")), "10:00:30").Then<SafetyChecked>();
        (seen.Evidence, seen.ProvenBy, seen.NotProven).ShouldBe((EvidenceGrade.Nfc, new(Tag, At("10:00")), null));
    }

    [Fact]
    public void A_proof_that_is_used_again_is_worth_nothing_and_the_check_is_kept_with_why()
    {
        var given = Enrolled().When(Check(Signed("10:00")), "10:00:30").Given;
        var again = given.When(Check(Signed("10:00")), "10:01").Then<SafetyChecked>();
        (again.Evidence, again.NotProven).ShouldBe((EvidenceGrade.None, "the proof was used before"));
        again.Sentence(NewYork).ShouldEndWith("(no evidence: the proof was used before)");
    }

    [Theory]
    [InlineData("10:01:59", null)]
    [InlineData("10:02:01", "the proof is of another time")]
    public void A_proof_is_used_at_once(string clock, string? why) =>
        Enrolled().When(Check(Signed("10:00")), clock).Then<SafetyChecked>().NotProven.ShouldBe(why);

    [Fact]
    public void A_proof_of_another_patient_by_another_key_or_of_a_source_that_is_not_enrolled_or_revoked_is_worth_nothing()
    {
        Enrolled()
            .When(Check(Signed("10:00", of: Another)), "10:00")
            .Then<SafetyChecked>()
            .NotProven.ShouldBe("the proof is not for this patient");
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Enrolled()
            .When(Check(Signed("10:00", by: other)), "10:00")
            .Then<SafetyChecked>()
            .NotProven.ShouldBe("the proof is not for this patient");
        Enrolled()
            .When(Check(Signed("10:00") with { Signature = "x" }), "10:00")
            .Then<SafetyChecked>()
            .NotProven.ShouldBe("the proof is not for this patient");
        Rounded().When(Check(Signed("10:00")), "10:00").Then<SafetyChecked>().NotProven.ShouldBe("the source is not enrolled");
        Enrolled()
            .And(StreamId.For("evidence_source", Tag), new EvidenceSourceRevoked(At("09:30"), "Lost"))
            .When(Check(Signed("10:00")), "10:00")
            .Then<SafetyChecked>()
            .NotProven.ShouldBe("the source was revoked");
    }

    [Fact]
    public void A_source_is_enrolled_with_a_key_and_revoked_with_a_reason_and_never_comes_back()
    {
        var given = new Given<EvidenceSource>(Ward.Usual(), Tag.ToString());
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, "no key"), "08:00").Then("public-key-invalid");
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.None, PublicKey), "08:00").Then("grade-missing");
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, PublicKey), "08:00").Then<EvidenceSourceEnrolled>();
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, PublicKey), "08:01").ThenNothing();
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Ble, PublicKey), "08:01").Then("source-enrolled");
        given.When(new RevokeEvidenceSource(" "), "08:02").Then("reason-missing");
        given.When(new RevokeEvidenceSource("Lost"), "08:02").Then<EvidenceSourceRevoked>();
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, PublicKey), "08:03").Then("source-revoked");
    }

    [Fact]
    public void A_key_may_come_as_a_file_has_it_and_a_private_one_is_refused_as_what_it_is()
    {
        var given = new Given<EvidenceSource>(Ward.Usual(), Tag.ToString());
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, " "), "08:00").Then("public-key-missing");
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, key.ExportPkcs8PrivateKeyPem()), "08:00").Then("public-key-private");
        given
            .When(
                new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, key.ExportSubjectPublicKeyInfoPem().ReplaceLineEndings("\r\n")),
                "08:00"
            )
            .Then<EvidenceSourceEnrolled>()
            .PublicKey.ShouldBe(PublicKey);
        given.When(new EnrolEvidenceSource("Tags", EvidenceGrade.Nfc, PublicKey), "08:01").ThenNothing();
    }

    private string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    private Given<Rounding> Enrolled() =>
        Rounded()
            .And(
                StreamId.For("evidence_source", Tag),
                new EvidenceSourceEnrolled(At("08:30"), "Tags, 2 West", EvidenceGrade.Nfc, PublicKey)
            );

    private static RecordCheck Check(EvidenceProof proof) => new("Room", false, Proof: proof);

    private EvidenceProof Signed(string clock, Guid? of = null, ECDsa? by = null) =>
        new(
            Tag,
            At(clock),
            "n-1",
            Convert.ToBase64String(
                (by ?? key).SignData(
                    Encoding.UTF8.GetBytes(EvidenceProof.Message(Tag, of ?? TheStay, At(clock), "n-1")),
                    HashAlgorithmName.SHA256
                )
            )
        );
}
