namespace Handoff.Domain.Timeline;

/// <summary>An event of a task: nobody raises another from its entry.</summary>
public interface IOfTask;

/// <summary>An event that is a whole note; its entry leads there.</summary>
public interface IWholeNote;
