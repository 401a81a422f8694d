namespace Handoff.Domain.Incidents;

/// <summary>What was tried so that no restriction was needed.</summary>
public enum Technique
{
    TalkedCalmly,
    QuietPlace,
    Walk,
    Music,
    Breathing,
    SensoryItem,
    FoodOrDrink,
    TimeOneToOne,
    Distraction,
    CallHome,
    OthersLeft,
    PrnOffered,
    Other,
}
