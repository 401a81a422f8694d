using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;

namespace Handoff.Domain.Tests.Units;

public class FacilityTests
{
    [Fact]
    public void What_is_given_up_has_a_reason()
    {
        Given<Facility>()
            .When(new GiveUpOwed("CareFollowsStay", "stay-1", 7, " The chart has it "), "08:00")
            .Then(new OwedGivenUp(Times.At("08:00").ToUniversalTime(), "CareFollowsStay", "stay-1", 7, "The chart has it"));
        Given<Facility>().When(new GiveUpOwed("CareFollowsStay", "stay-1", 7, " "), "08:00").Then("reason-missing");
        Given<Facility>().When(new GiveUpOwed("CareFollowsStay", "stay-1", 7, new string('x', 5000)), "08:00").Then("text-too-long");
    }

    [Fact]
    public void A_facility_has_a_name()
    {
        Given<Facility>()
            .When(new OpenFacility(" Cedar Hill "), "08:00")
            .Then(new FacilityOpened(Times.At("08:00").ToUniversalTime(), "Cedar Hill"))
            .When(new OpenFacility("Cedar Hill"), "08:01")
            .ThenNothing();
        Given<Facility>().When(new OpenFacility(null), "08:00").Then("name-missing");
        Given<Facility>().When(new OpenFacility(new('x', 201)), "08:00").Then("text-too-long");
    }

    [Fact]
    public void A_facility_changes_who_may_do_what()
    {
        var outcome = Given<Facility>()
            .When(new ChangeScope(Permission.OrderLevel, [Role.Prescriber, Role.ChargeNurse, Role.Prescriber]), "08:00");
        outcome.Then<ScopeChanged>().Roles.ShouldBe([Role.ChargeNurse, Role.Prescriber]);
        outcome.State.PermissionsOf(Role.ChargeNurse).ShouldContain(Permission.OrderLevel);
        outcome.State.PermissionsOf(Role.Nurse).ShouldNotContain(Permission.OrderLevel);
        outcome.State.Who(Permission.RecordCheck).ShouldBe(Permission.RecordCheck.Usual);
        outcome.Given.When(new ChangeScope(Permission.OrderLevel, [Role.Prescriber, Role.ChargeNurse]), "08:01").ThenNothing();
    }

    [Fact]
    public void Nobody_is_also_a_scope() =>
        Given<Facility>().When(new ChangeScope(Permission.MendFeed, []), "08:00").State.Who(Permission.MendFeed).ShouldBeEmpty();

    [Fact]
    public void A_change_of_scope_names_the_permission_and_its_roles()
    {
        Given<Facility>().When(new ChangeScope(null, []), "08:00").Then("may-missing");
        Given<Facility>().When(new ChangeScope(Permission.Audit, null), "08:00").Then("roles-missing");
    }

    [Fact]
    public void Somebody_can_always_change_the_scope() =>
        Given<Facility>().When(new ChangeScope(Permission.ConfigureFacility, []), "08:00").Then("scope-locks-everyone-out");

    [Fact]
    public void A_screen_or_a_machine_is_nobody() =>
        Given<Facility>()
            .When(new ChangeScope(Permission.ConfigureFacility, [Role.Display, Role.Integration]), "08:00")
            .Then("scope-locks-everyone-out");

    [Fact]
    public void A_scope_comes_back_from_the_store_as_it_was()
    {
        var state = Given<Facility>().When(new ChangeScope(Permission.OrderLevel, [Role.ChargeNurse]), "08:00").State;
        ((Facility)EventTypeRegistry.Domain.ReadState("facility-main", EventTypeRegistry.Write(state)))
            .Who(Permission.OrderLevel)
            .ShouldBe([Role.ChargeNurse]);
    }
}
