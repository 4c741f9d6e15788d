return new Cake.Frosting.CakeHost().AddAssembly(typeof(ReleaseRecipes.ReleaseException).Assembly).Run(args);
