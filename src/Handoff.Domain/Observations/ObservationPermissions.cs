namespace Handoff.Domain.Access;

/// <summary>Observation: what people may do. See <see cref="Permission"/>.</summary>
public static class ObservationPermissions
{
    private static readonly Permission recordCheck = new(
        "Observation",
        "RecordCheck",
        "Record safety checks",
        [.. Roles.Floor, Role.Integration]
    );
    private static readonly Permission raiseLevel = new(
        "Observation",
        "RaiseLevel",
        "Raise an observation level in an emergency",
        [.. Roles.Floor, Role.Integration]
    );
    private static readonly Permission orderLevel = new(
        "Observation",
        "OrderLevel",
        "Order any observation level, also a lower one",
        [Role.Prescriber]
    );
    private static readonly Permission pauseObservation = new(
        "Observation",
        "PauseObservation",
        "Pause checks while somebody else has the patient",
        [Role.Nurse, Role.ChargeNurse, Role.Prescriber]
    );
    private static readonly Permission askAboutRounds = new(
        "Observation",
        "AskAboutRounds",
        "Ask about checks that look unlike a round, and say what became of it",
        [Role.ChargeNurse, Role.Manager]
    );

    extension(Permission)
    {
        /// <summary>Record safety checks.</summary>
        public static Permission RecordCheck => recordCheck;

        /// <summary>Raise an observation level in an emergency.</summary>
        public static Permission RaiseLevel => raiseLevel;

        /// <summary>Order any observation level, also a lower one.</summary>
        public static Permission OrderLevel => orderLevel;

        /// <summary>Pause checks while somebody else has the patient.</summary>
        public static Permission PauseObservation => pauseObservation;

        /// <summary>Ask about checks that look unlike a round, and say what became of it.</summary>
        public static Permission AskAboutRounds => askAboutRounds;
    }
}
