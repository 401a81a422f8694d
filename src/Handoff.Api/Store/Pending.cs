namespace Handoff.Api.Store;

/// <summary>A command in the queue, and the promise of its answer.</summary>
internal sealed class Pending(CommandEnvelope sent)
{
    private readonly TaskCompletionSource<CommandResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CommandEnvelope Sent { get; } = sent;

    public int Attempts { get; set; }

    /// <summary>When it came, as the stopwatch counts.</summary>
    public long Came { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    public Task<CommandResult> Answer => answer.Task;

    public void Done(CommandResult with) => answer.TrySetResult(with);

    public void Failed(Exception why) => answer.TrySetException(why);
}
