namespace CordisPulse.Core;

/// <summary>An act that the product refuses, with the reason in the words of whoever asked for it.</summary>
public class RefusedException(string message) : Exception(message);
