using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Handoff.Api.Contract;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Http;

/// <summary>Whoever reads a state has read of the patients that it names, under whatever name it keeps them.</summary>
public sealed class NamedPatientTests
{
    /// <summary>The ids in states that are no stay's.</summary>
    private static readonly string[] Others = ["because", "check", "entry", "event", "evidence", "first", "id", "series", "takenBack"];

    [Fact]
    public void Patients_are_found_wherever_a_state_names_them()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        var answer = new
        {
            id = Guid.NewGuid(),
            rows = new[] { new { stay = one } },
            steps = new { stays = new[] { other } },
        };
        NamedPatients.In(JsonSerializer.SerializeToNode(answer)).ShouldBe([one, other], ignoreOrder: true);
    }

    [Fact]
    public void Every_id_in_a_state_is_known_as_a_stay_s_or_another_s() =>
        StateEndpoints
            .Written(EventTypeRegistry.Domain)
            .SelectMany(state => Ids(state, []))
            .Distinct()
            .Except(NamedPatients.Names)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Others.Order(StringComparer.Ordinal));

    [Fact]
    public void Of_every_state_that_can_be_written_somebody_has_said_who_may_read_it() =>
        StateEndpoints.Written(EventTypeRegistry.Domain).ShouldAllBe(state => StateRead.ForState(state) != null);

    private static IEnumerable<string> Ids(Type type, HashSet<Type> seen) =>
        !seen.Add(type)
            ? []
            : Shapes
                .PropertiesOf(type)
                .Values.SelectMany(property =>
                    Element(property) is var of && of == typeof(Guid) ? [property.Name]
                    : of.Assembly == typeof(Stay).Assembly && !of.IsEnum ? Ids(of, seen)
                    : (IEnumerable<string>)[]
                );

    private static Type Element(JsonPropertyInfo property)
    {
        var type = property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType;
        return Nullable.GetUnderlyingType(type) ?? (type.IsGenericType ? type.GetGenericArguments()[^1] : type);
    }
}
