namespace Handoff.Api.Observations;

/// <summary>How patients are watched.</summary>
internal sealed class ObservationSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton<RoundQuestionReader>()
            .AddSingleton<RoundComplianceReader>()
            .AddSingleton<RoundQuestionCount>()
            .AddSingleton<RoundQuestionPages>()
            .AddSingleton<EvidenceSourceReader>()
            .AddSingleton<EvidenceSourcePages>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapObservations();
        routes.MapRoundQuestions();
        routes.MapEvidenceSources();
    }
}
