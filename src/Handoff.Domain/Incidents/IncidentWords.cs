namespace Handoff.Domain.Incidents;

/// <summary>Stored names as the ward says them, inside of a sentence.</summary>
public static class IncidentWords
{
    public static string Words(this IncidentKind kind) =>
        kind switch
        {
            IncidentKind.SelfHarm => "self-harm",
            IncidentKind.SuicideAttempt => "suicide attempt",
            IncidentKind.Medical => "medical emergency",
            IncidentKind.Property => "property damage",
            IncidentKind.Other => "other incident",
            _ => Spaced(kind.ToString()),
        };

    public static string Words(this WarningSign sign) =>
        sign switch
        {
            WarningSign.RaisedVoice => "raised voice",
            _ => Spaced(sign.ToString()),
        };

    public static string Words(this Technique technique) =>
        technique switch
        {
            Technique.TimeOneToOne => "time one to one",
            Technique.CallHome => "a call home",
            Technique.TalkedCalmly => "talking calmly",
            Technique.OthersLeft => "clearing the room",
            Technique.PrnOffered => "offering a PRN",
            Technique.Walk => "a walk",
            Technique.QuietPlace => "a quiet place",
            Technique.SensoryItem => "a sensory item",
            Technique.FoodOrDrink => "food or drink",
            Technique.Other => "something else",
            _ => Spaced(technique.ToString()),
        };

    public static string Words(this Effect effect) =>
        effect switch
        {
            Effect.Helped => "helped somewhat",
            _ => Spaced(effect.ToString()),
        };

    public static bool IsGood(this Effect effect) => effect is Effect.Calmed or Effect.Helped;

    public static string Words(this Code code) =>
        code switch
        {
            Code.Behavioral => "behavioral emergency",
            Code.Medical => "medical emergency",
            _ => Spaced(code.ToString()),
        };

    public static string Words(this Party party) => Spaced(party.ToString());

    public static string Words(this Channel channel) =>
        channel switch
        {
            Channel.InPerson => "in person",
            Channel.Phone => "by phone",
            Channel.Page => "by page",
            _ => "by message",
        };

    public static string Words(this Harm harm) =>
        harm switch
        {
            Harm.None => "no injury found",
            _ => $"{Spaced(harm.ToString())} injury",
        };

    public static string Words(this LevelOutcome outcome) =>
        outcome switch
        {
            LevelOutcome.Kept => "kept at",
            LevelOutcome.Changed => "changed to",
            _ => "not needed, the patient had left; was",
        };

    private static string Spaced(string name) =>
        name.Length == 0
            ? ""
            : char.ToLowerInvariant(name[0])
                + string.Concat(
                    name.Skip(1).Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString())
                );
}
