using Handoff.Api.Stays;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;

namespace Handoff.Api.Notes;

/// <summary>Notes.</summary>
internal sealed class NoteSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<NoteReader>().AddSingleton<NotePages>();
        services.AddSingleton(new WorkKind(StateKind<Note>.Name, StaysOpen: false));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapNotes();
    }
}
