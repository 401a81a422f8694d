using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Handoff.Domain.Kernel;

/// <summary>
/// Every stored name and the type behind it, found by its attribute. The store writes and reads by these names,
/// the routes are made from the commands.
/// </summary>
public sealed class EventTypeRegistry
{
    /// <summary>The JSON of events, states and commands: camelCase, enums as words, nulls written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
    };

    // A state is written again with each event: what it does not hold is not spelled out.
    private static readonly JsonSerializerOptions JsonOfStates = new(Json) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The names of this assembly.</summary>
    public static readonly EventTypeRegistry Domain = new(typeof(EventTypeRegistry).Assembly);

    private readonly Dictionary<string, Type> events;
    private readonly Dictionary<Type, string> eventNames;
    private readonly Dictionary<string, State> states;

    public EventTypeRegistry(params Assembly[] assemblies)
    {
        var types = assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsAbstract).ToList();
        events = types.Where(t => t.IsAssignableTo(typeof(Event))).ToDictionary(StoredName);
        eventNames = events.ToDictionary(e => e.Value, e => e.Key);
        states = types.Where(t => t.IsAssignableTo(typeof(State))).ToDictionary(StoredName, t => (State)Activator.CreateInstance(t)!);
        WithLoops = states
            .Where(s => s.Value.GetType().GetMethod(nameof(State.OpenLoops))!.DeclaringType != typeof(State))
            .Select(s => s.Key)
            .ToHashSet();
        OfEachStay =
        [
            .. states.Where(s => s.Value.GetType().IsDefined(typeof(OfEachStayAttribute))).Select(s => s.Key).Order(StringComparer.Ordinal),
        ];
        Commands = [.. types.Where(t => t.IsAssignableTo(typeof(ICommand))).OrderBy(t => t.Name, StringComparer.Ordinal)];
    }

    public IReadOnlyList<Type> Commands { get; }

    /// <summary>The kinds of streams whose states can say that something is open.</summary>
    public IReadOnlySet<string> WithLoops { get; }

    /// <summary>The kinds of which there is one stream for each patient's stay, under the stay's id.</summary>
    public IReadOnlyList<string> OfEachStay { get; }

    public IReadOnlyDictionary<string, Type> Events => events;

    public IReadOnlyDictionary<string, State> States => states;

    public string NameOf(Event happened) => eventNames[happened.GetType()];

    /// <summary>The state of a stream on which nothing was recorded yet.</summary>
    /// <exception cref="KeyNotFoundException">No state has that kind.</exception>
    public State Empty(string stream) => states[StreamId.Kind(stream)];

    /// <summary>The event behind its stored name and JSON, in today's shape.</summary>
    public Event Read(string name, string json) => Today((Event?)JsonSerializer.Deserialize(json, events[name], Json));

    /// <summary>The same from UTF-8, as it comes from the database.</summary>
    public Event Read(string name, ReadOnlySpan<byte> json) => Today((Event?)JsonSerializer.Deserialize(json, events[name], Json));

    public static string Write(Event happened) => Encoding.UTF8.GetString(Encode(happened));

    public static string Write(State state) => Encoding.UTF8.GetString(Encode(state));

    /// <summary>The same as UTF-8, as it goes to the database.</summary>
    public static byte[] Encode(Event happened) => JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), Json);

    public static byte[] Encode(State state) => JsonSerializer.SerializeToUtf8Bytes(state, state.GetType(), JsonOfStates);

    public State ReadState(string stream, string json) => (State)JsonSerializer.Deserialize(json, Empty(stream).GetType(), Json)!;

    /// <summary>A state in the middle of other JSON.</summary>
    public State ReadState(string stream, ref Utf8JsonReader json) =>
        (State)JsonSerializer.Deserialize(ref json, Empty(stream).GetType(), Json)!;

    private static Event Today(Event? happened)
    {
        while (happened is IEarlierShape earlier)
        {
            happened = earlier.Upcast();
        }

        return happened ?? throw new JsonException("An event is not null.");
    }

    private static string StoredName(Type type) =>
        type.GetCustomAttribute<StoredAttribute>()?.Name ?? throw new InvalidOperationException($"{type.Name} has no stored name.");
}
