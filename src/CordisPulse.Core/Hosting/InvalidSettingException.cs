namespace CordisPulse.Core.Hosting;

/// <summary>A setting stops the start. The message is one line that names the key and is fit to be shown as it is.</summary>
public sealed class InvalidSettingException(string message) : Exception(message);
