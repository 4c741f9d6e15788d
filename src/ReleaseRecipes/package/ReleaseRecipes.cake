#r "../lib/net10.0/ReleaseRecipes.dll"
using ReleaseRecipes;

// The recipe's tasks stand beside the script's own; RunRelease() runs the target of the command line.
var Recipe = new ReleaseScript((Cake.Core.Scripting.ScriptHost)((Func<string, CakeTaskBuilder>)Task).Target);
void RunRelease() => Recipe.Run();
