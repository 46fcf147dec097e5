namespace CordisPulse.Core.Hosting;

/// <summary>The settings under <c>Sample</c>.</summary>
public sealed class SampleOptions
{
    public const string Section = "Sample";

    /// <summary>Load the sample editions into an empty database; null for true in Development only.</summary>
    public bool? Load { get; set; }
}
