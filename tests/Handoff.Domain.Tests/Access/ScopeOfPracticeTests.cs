using System.Text.Json;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Access;

public class ScopeOfPracticeTests
{
    [Fact]
    public void Every_permission_has_its_name_its_words_and_its_roles()
    {
        Permission.All.Count.ShouldBe(33);
        foreach (var may in Permission.All)
        {
            Permission.Named(may.Name).ShouldBe(may);
            may.Usual.ShouldNotBeEmpty(may.Name);
            may.Says.ShouldNotBeNullOrWhiteSpace(may.Name);
        }
    }

    [Fact]
    public void A_permission_is_stored_and_sent_as_its_name()
    {
        var scope = new Dictionary<Permission, Permission[]> { [Permission.RecordCheck] = [Permission.ReadBoard] };
        var json = JsonSerializer.Serialize(scope, EventTypeRegistry.Json);
        json.ShouldBe("""{"RecordCheck":["ReadBoard"]}""");
        JsonSerializer
            .Deserialize<Dictionary<Permission, Permission[]>>(json, EventTypeRegistry.Json)![Permission.RecordCheck]
            .ShouldBe([Permission.ReadBoard]);
        Should
            .Throw<JsonException>(() => JsonSerializer.Deserialize<Permission>("\"Fly\"", EventTypeRegistry.Json))
            .Message.ShouldContain("Fly");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Permission>("3", EventTypeRegistry.Json));
    }

    [Fact]
    public void A_display_sees_no_names() => Permission.All.Where(may => may.Usual.Contains(Role.Display)).ShouldBe([Permission.ReadWall]);

    [Fact]
    public void An_auditor_changes_nothing() =>
        Permission
            .All.Where(may => may.Usual.Contains(Role.Auditor))
            .ShouldBe([Permission.ReadBoard, Permission.ReadWall, Permission.ReadStay, Permission.Audit]);

    [Fact]
    public void The_clock_may_do_what_the_service_must() => Permission.All.ShouldAllBe(p => Actor.Clock.May(p));

    [Fact]
    public void Somebody_without_a_list_of_units_works_on_all_of_them()
    {
        People.Nurse.WorksOn("2-west").ShouldBeTrue();
        (People.Nurse with { Units = new HashSet<string> { "2-east" } }).WorksOn("2-west").ShouldBeFalse();
    }

    [Fact]
    public void Roles_and_permissions_read_as_words()
    {
        Role.ChargeNurse.Words().ShouldBe("Charge nurse");
        Permission.ReadBoard.Words().ShouldBe("read board");
    }
}
