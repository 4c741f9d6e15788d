namespace Cake.Frosting;

interface IReverseTaskDependency
{
    Type Task { get; }
}
