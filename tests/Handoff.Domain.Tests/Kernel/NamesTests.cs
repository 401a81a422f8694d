using System.Text.Json;
using System.Text.Json.Nodes;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tests.Approved;

namespace Handoff.Domain.Tests.Kernel;

public class NamesTests
{
    private static readonly EventTypeRegistry WithEarlierShapes = new(typeof(EventTypeRegistry).Assembly, typeof(NamesTests).Assembly);

    public static TheoryData<string> EveryEvent => [.. EventTypeRegistry.Domain.Events.Keys];

    public static TheoryData<string> EveryState => [.. EventTypeRegistry.Domain.States.Keys];

    [Theory]
    [MemberData(nameof(EveryEvent))]
    public void An_event_is_stored_under_its_name_in_snake_case(string name) =>
        name.ShouldBeOneOf([Snake(name), .. Enumerable.Range(2, 8).Select(version => $"{Snake(name)}_v{version}")]);

    [Theory]
    [MemberData(nameof(EveryState))]
    public void A_state_is_stored_under_its_name_in_snake_case_without_a_hyphen(string name)
    {
        name.ShouldBe(Shapes.Snake(EventTypeRegistry.Domain.States[name].GetType().Name));
        name.ShouldNotContain('-');
    }

    [Fact]
    public void Every_command_is_on_a_state_with_a_name_and_asks_for_a_permission()
    {
        EventTypeRegistry.Domain.Commands.ShouldNotBeEmpty();
        EventTypeRegistry.Domain.Commands.ShouldAllBe(c =>
            EventTypeRegistry.Domain.States.Values.Any(s => s.GetType() == c.BaseType!.GetGenericArguments()[0])
        );
        EventTypeRegistry.Domain.Commands.Select(c => c.Name).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(EveryEvent))]
    public void An_event_comes_back_as_it_was_written(string name)
    {
        foreach (var happened in Instances.Of(EventTypeRegistry.Domain.Events[name], 20).Cast<Event>())
        {
            var json = EventTypeRegistry.Write(happened);
            EventTypeRegistry.Write(EventTypeRegistry.Domain.Read(name, json)).ShouldBe(json);
            EventTypeRegistry.Write(EventTypeRegistry.Domain.Read(name, Reordered(json))).ShouldBe(json);
        }
    }

    [Theory]
    [MemberData(nameof(EveryState))]
    public void A_state_comes_back_as_it_was_written(string name)
    {
        foreach (var state in Instances.Of(EventTypeRegistry.Domain.States[name].GetType(), 20).Cast<State>())
        {
            var json = EventTypeRegistry.Write(state);
            EventTypeRegistry.Write(EventTypeRegistry.Domain.ReadState(name + "-x", json)).ShouldBe(json);
            EventTypeRegistry.Write(EventTypeRegistry.Domain.ReadState(name + "-x", Reordered(json))).ShouldBe(json);
        }
    }

    [Theory]
    [MemberData(nameof(EveryEvent))]
    public void An_event_says_itself_in_a_sentence(string name)
    {
        foreach (var happened in Instances.Of(EventTypeRegistry.Domain.Events[name], 20).Cast<Event>())
        {
            happened.Sentence(Times.NewYork).ShouldNotBeNullOrWhiteSpace();
            happened.Sentence(Times.NewYork).ShouldNotContain("{");
            happened.About().ShouldNotBeNull();
        }
    }

    [Theory]
    [MemberData(nameof(EveryState))]
    public void A_state_takes_any_event_and_one_that_does_not_concern_it_changes_nothing(string name)
    {
        var empty = EventTypeRegistry.Domain.States[name];
        foreach (var happened in EventTypeRegistry.Domain.Events.Values.SelectMany(t => Instances.Of(t, 3)).Cast<Event>())
        {
            empty.Evolve(Recorded(happened, name)).ShouldNotBeNull();
        }

        var unconcerned = new WalkTaken(Times.At("10:00"), TimeSpan.FromMinutes(5), "outside");
        empty.Evolve(Recorded(unconcerned, name)).ShouldBe(empty);
    }

    [Fact]
    public void An_earlier_shape_is_read_through_every_later_one_to_todays()
    {
        var today = new WalkTaken(Times.At("10:00"), TimeSpan.FromMinutes(5), "outside");
        WithEarlierShapes.Read("walk_taken", EventTypeRegistry.Write(new WalkTakenV1(Times.At("10:00"), 5))).ShouldBe(today);
        WithEarlierShapes.Read("walk_taken_v2", EventTypeRegistry.Write(new WalkTakenV2(Times.At("10:00"), 5, "outside"))).ShouldBe(today);
        WithEarlierShapes.NameOf(today).ShouldBe("walk_taken_v3");
    }

    [Fact]
    public void Json_is_camel_case_with_enums_as_words_times_with_offsets_and_nulls_written()
    {
        var json = EventTypeRegistry.Write(new LeaveStarted(Times.At("10:00"), LeaveKind.Pass, null, null));
        json.ShouldBe("""{"kind":"Pass","expectedReturn":null,"reason":null,"occurredAt":"2026-11-18T10:00:00-05:00"}""");
    }

    [Fact]
    public void An_enum_as_a_number_is_refused() =>
        Should.Throw<JsonException>(() =>
            EventTypeRegistry.Domain.Read("leave_started", """{"kind":1,"occurredAt":"2026-11-18T10:00:00-05:00"}""")
        );

    [Fact]
    public void Two_things_under_one_name_are_found_at_the_start() =>
        Should.Throw<ArgumentException>(() =>
            new EventTypeRegistry(typeof(EventTypeRegistry).Assembly, typeof(EventTypeRegistry).Assembly)
        );

    private static EventEnvelope Recorded(Event happened, string kind) =>
        new(Guid.NewGuid(), $"{kind}-{Scenario.TheStay}", Times.At("10:00"), new(People.Nurse.Staff, Source.Ui, Guid.NewGuid()), happened);

    // As jsonb gives it back: shorter keys first, then by letter.
    private static string Reordered(string json) => Reorder(JsonNode.Parse(json))!.ToJsonString();

    private static JsonNode? Reorder(JsonNode? node) =>
        node switch
        {
            JsonObject map => new JsonObject(
                map.OrderBy(p => p.Key.Length)
                    .ThenBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => KeyValuePair.Create(p.Key, Reorder(p.Value)))
            ),
            JsonArray list => new JsonArray([.. list.Select(Reorder)]),
            _ => node?.DeepClone(),
        };

    private static string Snake(string name) => Shapes.Snake(EventTypeRegistry.Domain.Events[name].Name);
}
