return ReleaseRecipes.ReleaseRecipe.Run(args);
