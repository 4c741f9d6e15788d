using ReleaseRecipes;

return ReleaseRecipe.Run(args);
